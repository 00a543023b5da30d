// SPDX-License-Identifier: MIT
/** Local declarations: scalars live in registers, structs and primitives in a slot that dies with the block. */

import { constant, convert } from '../check/convert.ts';
import { typeWithoutWorker, defaultValue } from '../check/declarator.ts';
import { resolveType } from '../check/resolve-type.ts';
import type { StructInfo, Type } from '../check/symbols.ts';
import { isScalar, typeText } from '../check/types.ts';
import type { Declarator, LocalDecl } from '../syntax/ast.ts';
import { setLocal } from './assignment.ts';
import type { Body } from './body.ts';

/** `int n = 1, m`, `struct foo f`, `struct foo *p = q`. */
export function compileLocal(statement: LocalDecl, body: Body): void {
  const place = {
    source: body.options.source,
    scope: body.options.scope,
    problems: body.context.problems,
  };
  const base = resolveType(statement.type, place);
  for (const declarator of statement.declarators) {
    const type = typeWithoutWorker(base, declarator, place);
    if (isScalar(type) || type.kind === 'error') declareScalar(type, declarator, body);
    else declareObject(type, declarator, body);
  }
}

function declareScalar(type: Type, declarator: Declarator, body: Body): void {
  const { name, initial } = declarator;
  const { env } = body;
  const symbol = body.scalar(name.name, type, name);
  const given =
    initial === null ? constant(startValue(type), type, declarator) : env.value(initial);
  const value = type.kind === 'error' ? given : convert(given, type, env);
  body.declare(symbol, name);
  body.context.usage.declare(body.at(name), `\`${name.name}\` is never used`);
  body.declared.push({ symbol, node: name });
  if (value.type.kind !== 'error') setLocal(symbol.slot, value, declarator, body);
}

/** A copy of a counter is equal to none until it is assigned. */
function startValue(type: Type): number {
  return type.kind === 'seq' ? 0 : defaultValue(type);
}

function declareObject(type: Type, declarator: Declarator, body: Body): void {
  const { name, initial } = declarator;
  const { problems, numbering } = body.context;
  const at = body.at(declarator);
  const struct =
    type.kind === 'struct' ? type.struct : type.kind === 'primitive' ? standIn(type, body) : null;
  if (struct === null) {
    problems.error(
      'HMM3001',
      at,
      `a local cannot be ${typeText(type)}`,
      'put it into a struct or a world',
    );
    return;
  }
  if (initial !== null)
    problems.error(
      'HMM3001',
      body.at(initial),
      `${typeText(type)} has no start value here`,
      'assign its fields',
    );
  const span = body.span(declarator);
  const pointer: Type = { kind: 'pointer', to: type };
  const slot = body.code.local(name.name, numbering.scalar(pointer));
  const pool = body.context.scopePool(name.name, struct, span, body.options.owner);
  body.code.emit({ op: 'scope-begin', pool, to: slot }, span, { border: true });
  const symbol = { kind: 'object', name: name.name, slot, type } as const;
  body.live.push({ name: name.name, slot });
  body.declare(symbol, name);
  body.context.usage.declare(body.at(name), `\`${name.name}\` is never used`);
  body.declared.push({ symbol, node: name });
}

/** A struct of one nameless cell, so that a local lock or completion has a slot too. */
function standIn(type: Extract<Type, { kind: 'primitive' }>, body: Body): StructInfo {
  return body.context.standIn(type, body.at({ start: 0, end: 0 }));
}
