// SPDX-License-Identifier: MIT
/** A syntax tree as one s-expression per node, for tests. Places, empty lists and nulls are left out. */

import type * as ast from '../syntax/ast.ts';

type Child = ast.Expr | ast.Argument;

/** `(assign = x->y (+ a 1))`; nested nodes stand in brackets, lists in square ones. */
export function printAst(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printAst).join(' ')}]`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isExpression(value)) return printExpression(value);
  const parts: string[] = [];
  for (const [key, child] of Object.entries(value)) {
    if (key === 'kind' || key === 'start' || key === 'end') continue;
    if (child === null || child === false || (Array.isArray(child) && child.length === 0)) continue;
    parts.push(`${key}=${printAst(child)}`);
  }
  const kind = 'kind' in value ? [String(value.kind)] : [];
  return `(${[...kind, ...parts].join(' ')})`;
}

const expressionKinds: ReadonlySet<unknown> = new Set<Child['kind']>([
  'ident',
  'string',
  'int',
  'bool',
  'null',
  'unary',
  'binary',
  'conditional',
  'assign',
  'step',
  'call',
  'argument',
  'member',
  'index',
  'page-range',
  'choose',
  'command-expr',
]);

function isExpression(value: object): value is Child {
  return 'kind' in value && expressionKinds.has(value.kind);
}

function printExpression(node: Child): string {
  switch (node.kind) {
    case 'ident':
      return node.name;
    case 'string':
      return JSON.stringify(node.value);
    case 'int':
    case 'bool':
      return String(node.value);
    case 'null':
      return 'NULL';
    case 'unary':
      return `(${node.op} ${printAst(node.operand)})`;
    case 'binary':
      return `(${node.op} ${printAst(node.left)} ${printAst(node.right)})`;
    case 'conditional':
      return `(? ${printAst(node.test)} ${printAst(node.then)} ${printAst(node.else)})`;
    case 'assign':
      return `(${node.op} ${printAst(node.target)} ${printAst(node.value)})`;
    case 'step':
      return `(${node.op} ${printAst(node.target)})`;
    case 'call':
      return `(call ${[node.callee, ...node.args].map(printAst).join(' ')})`;
    case 'argument':
      return node.name === null
        ? printAst(node.value)
        : `${node.name.name}:${printAst(node.value)}`;
    case 'member':
      return `${printAst(node.object)}${node.arrow ? '->' : '.'}${node.field.name}`;
    case 'index':
      return `${printAst(node.object)}[${printAst(node.index)}]`;
    case 'page-range':
      return `${printAst(node.object)}[${printAst(node.from)}..${printAst(node.to)})`;
    case 'choose':
      return `(choose ${node.values.map(printAst).join(' ')}${node.upTo === null ? '' : ` .. ${printAst(node.upTo)}`})`;
    case 'command-expr':
      return printAst(node.command);
  }
}
