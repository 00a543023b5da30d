// SPDX-License-Identifier: MIT
/** All one-line changes to the procs of a file that `hmm mutate` tries. */

import type { Expr, Node, Statement } from '@hmmlab/dsl';
import { parse } from '@hmmlab/dsl';
import {
  type Body,
  type StatementList,
  localNames,
  procsOf,
  statementLists,
  threadsOf,
} from './bodies.ts';
import type { Edit, Mutation, MutationKind } from './mutation.ts';
import { acquires, callOf, isSimple, releases, storesForOthers } from './simple-statement.ts';

/** One change before it knows its file. */
interface Change {
  readonly kind: MutationKind;
  readonly says: string;
  readonly edits: readonly Edit[];
}

/** In order of place; none for a file with a syntax error. */
export function findMutations(
  file: string,
  text: string,
  where: 'procs' | 'threads',
): readonly Mutation[] {
  const { ast } = parse(text, file);
  if (ast === null) return [];
  const source = new Source(text);
  const bodies = where === 'procs' ? procsOf(ast) : threadsOf(ast);
  return bodies.flatMap((body) =>
    changesOf(body, source)
      .map((change) => ({ ...change, file, line: source.lineOf(change), proc: body.name }))
      .toSorted((a, b) => a.line - b.line),
  );
}

/** The text behind a tree. */
class Source {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  readonly textOf = ({ start, end }: Node): string => this.#text.slice(start, end);

  /** A statement left out: in a block its semicolon stays, elsewhere an empty block takes the place of both. */
  without({ start, end }: Statement, block: boolean): Edit {
    if (block) return { start, end, text: ';' };
    return { start, end: this.#text[end] === ';' ? end + 1 : end, text: '{ }' };
  }

  /** On one line, cut where it gets long. */
  brief(node: Node): string {
    const line = this.textOf(node).replaceAll(/\s+/g, ' ');
    return line.length > 60 ? `${line.slice(0, 57)}...` : line;
  }

  lineOf({ edits }: Change): number {
    return this.#text.slice(0, edits[0]?.start ?? 0).split('\n').length;
  }
}

function changesOf(body: Body, source: Source): readonly Change[] {
  const lists = statementLists(body.block);
  const locals = localNames(body);
  return [
    ...lockPairs(lists, source),
    ...lists.flatMap((list) => [
      ...list.statements.flatMap((statement) => ofStatement(statement, list, source)),
      ...swaps(list, locals, source),
    ]),
  ];
}

function ofStatement(statement: Statement, list: StatementList, source: Source): readonly Change[] {
  if (isSimple(statement))
    return leftOut('statement', statement, list, source.brief(statement), source);
  switch (statement.kind) {
    case 'if': {
      const check =
        statement.else === null && leadsAway(statement.then)
          ? leftOut('check', statement, list, `if (${source.brief(statement.test)}) ...`, source)
          : [];
      return [...check, ...ofTest(statement.test, source)];
    }
    case 'do-while':
      return [
        ...replaced(statement.test, 'false', source),
        ...(statement.test.kind === 'binary' ? parts(statement.test, source) : []),
      ];
    case 'while':
      return statement.test?.kind === 'binary' ? parts(statement.test, source) : [];
    default:
      return [];
  }
}

/** Whether it does nothing but `goto`, `return`, `break` or `continue`, perhaps after cleaning up. */
function leadsAway(statement: Statement): boolean {
  switch (statement.kind) {
    case 'block': {
      const last = statement.statements.at(-1);
      return last !== undefined && leadsAway(last);
    }
    case 'goto':
    case 'return':
    case 'break':
    case 'continue':
      return true;
    default:
      return false;
  }
}

function leftOut(
  kind: MutationKind,
  statement: Statement,
  { block }: StatementList,
  what: string,
  source: Source,
): readonly Change[] {
  const edits = [source.without(statement, block)];
  return [{ kind, says: `without \`${what}\``, edits }];
}

function ofTest(test: Expr, source: Source): readonly Change[] {
  return [...replaced(test, negated(test, source), source), ...parts(test, source)];
}

const OPPOSITE: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

function negated(test: Expr, source: Source): string {
  const text = source.textOf(test);
  switch (test.kind) {
    case 'unary':
      return test.op === '!' ? source.textOf(test.operand) : `!${text}`;
    case 'binary': {
      const opposite = OPPOSITE[test.op];
      if (opposite === undefined) return `!(${text})`;
      return `${source.textOf(test.left)} ${opposite} ${source.textOf(test.right)}`;
    }
    case 'ident':
    case 'call':
    case 'member':
    case 'index':
      return `!${text}`;
    default:
      return `!(${text})`;
  }
}

/** `a && b` as `a` alone and as `b` alone. */
function parts(test: Expr, source: Source): readonly Change[] {
  if (test.kind !== 'binary' || !['&&', '||'].includes(test.op)) return [];
  return [test.left, test.right].flatMap((side) => replaced(test, source.textOf(side), source));
}

function replaced(test: Expr, text: string, source: Source): readonly Change[] {
  const { start, end } = test;
  const now = text.replaceAll(/\s+/g, ' ');
  const says = `\`${now}\` instead of \`${source.brief(test)}\``;
  return [{ kind: 'condition', says, edits: [{ start, end, text }] }];
}

/** Neighbours that others can see, of which one at least is a call. */
function swaps(
  { statements }: StatementList,
  locals: ReadonlySet<string>,
  source: Source,
): readonly Change[] {
  return statements.flatMap((first, index): readonly Change[] => {
    const second = statements[index + 1];
    if (second === undefined || !movable(first, locals) || !movable(second, locals)) return [];
    const [a, b] = [source.textOf(first), source.textOf(second)];
    const calls = [first, second].some(
      (each) => isSimple(each) && callOf(each, source.textOf) !== null,
    );
    if (!calls || a === b) return [];
    const says = `\`${source.brief(second)}\` before \`${source.brief(first)}\``;
    const edits = [
      { start: first.start, end: first.end, text: b },
      { start: second.start, end: second.end, text: a },
    ];
    return [{ kind: 'order', says, edits }];
  });
}

function movable(statement: Statement, locals: ReadonlySet<string>): boolean {
  if (!isSimple(statement)) return statement.kind === 'for' || statement.kind === 'for-each';
  if (statement.kind === 'command') return true;
  return statement.expression.kind === 'call' || storesForOthers(statement, locals);
}

/** For each lock that the proc takes by a statement of its own: all its locks and unlocks left out. */
function lockPairs(lists: readonly StatementList[], source: Source): readonly Change[] {
  const found = new Map<string, { takes: boolean; gives: boolean; edits: Edit[] }>();
  for (const { statements, block } of lists)
    for (const statement of statements.filter(isSimple)) {
      const call = callOf(statement, source.textOf);
      if (call === null || !(acquires(call.name) || releases(call.name))) continue;
      const lock = found.get(call.on) ?? { takes: false, gives: false, edits: [] };
      lock.edits.push(source.without(statement, block));
      lock.takes ||= acquires(call.name);
      lock.gives ||= releases(call.name);
      found.set(call.on, lock);
    }
  return [...found].flatMap(([on, { takes, gives, edits }]): readonly Change[] =>
    takes && gives
      ? [{ kind: 'pair', says: `without locking \`${on}\``, edits: inOrder(edits) }]
      : [],
  );
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted((a, b) => a.start - b.start);
}
