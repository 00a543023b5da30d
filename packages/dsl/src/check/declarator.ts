// SPDX-License-Identifier: MIT
/** `*p`, `a[3]`, `n in 0..3 = 1`: what a declared name is, in fields, worlds and locals alike. */

import type { Declarator, Expr } from '../syntax/ast.ts';
import { constantNumber, constantOf } from './constant.ts';
import { limits } from './limits.ts';
import { didYouMean } from './nearest.ts';
import type { TypePlace } from './resolve-type.ts';
import { pointerTo } from './resolve-type.ts';
import type { Initial, PrimitiveType, ProcInfo, Start, TableInfo } from './symbols.ts';
import { reportRemoved } from './removed.ts';
import { checkCallback, signatureOf } from './signature.ts';
import type { IntType, Type } from './types.ts';
import { DEFAULT_INT, ERROR, isNumeric, sameType, typeText } from './types.ts';

/** Largest count of a kref without a range. */
const KREF_BOUND = 4095;

/** All sequence counters start as this even number, and so do the copies in worlds. */
const FIRST = 2;

/** The kind of one declared name, given the kind of the type before it. */
export function declaredType(base: Type, declarator: Declarator, place: TypePlace): Type {
  const at = { source: place.source, node: declarator };
  if (base.kind === 'error') return base;
  if (base.kind === 'pages') {
    place.problems.error('HMM3001', at, '`pages` can only be a parameter');
    return ERROR;
  }
  if (declarator.elements !== null && declarator.length === null) {
    const help = `\`${declarator.name.name}[2] = { ... }\` is one`;
    place.problems.error('HMM3001', at, 'only an array starts with a list', help);
    return ERROR;
  }
  let type = declarator.pointer
    ? pointerTo(base, at, place.problems)
    : ranged(base, declarator, place);
  if (declarator.length !== null && type.kind !== 'error') {
    const length = constantNumber(at, declarator.length, place.scope, place.problems);
    type = length === null ? ERROR : arrayOf(type, length, declarator.length, place);
  }
  return type;
}

/** The same where no worker comes with the name, in fields and locals: what such a queue is given would never run. */
export function typeWithoutWorker(base: Type, declarator: Declarator, place: TypePlace): Type {
  const type = declaredType(base, declarator, place);
  const inner = type.kind === 'array' ? type.of : type;
  if (inner.kind !== 'primitive' || inner.primitive !== 'workqueue') return type;
  place.problems.error(
    'HMM3001',
    { source: place.source, node: declarator },
    'only a workqueue that is a world of its own has a worker',
    'declare `workqueue wq` in the scenario, and keep a `workqueue *` here',
  );
  return ERROR;
}

function ranged(base: Type, declarator: Declarator, place: TypePlace): Type {
  const type = base.kind === 'primitive' ? bounded(base, declarator, place) : base;
  if (declarator.range === null) return type;
  const at = { source: place.source, node: declarator.range.min };
  const min = constantNumber(at, declarator.range.min, place.scope, place.problems);
  const max = constantNumber(at, declarator.range.max, place.scope, place.problems);
  if (min === null || max === null) return ERROR;
  if (min > max) {
    place.problems.error('HMM3004', at, `the range ${min}..${max} is empty`);
    return ERROR;
  }
  if (type.kind === 'int') return { kind: 'int', min, max };
  if (type.kind === 'primitive' && type.primitive === 'kref')
    return { ...type, bound: Math.max(1, max) };
  place.problems.error(
    'HMM3001',
    at,
    `${typeText(type)} has no range`,
    'only int and kref have one',
  );
  return ERROR;
}

function bounded(
  type: Extract<Type, { kind: 'primitive' }>,
  declarator: Declarator,
  place: TypePlace,
): Type {
  if (type.primitive === 'kref') return { ...type, bound: KREF_BOUND };
  if (type.primitive !== 'frames') return type;
  const frames = place.scope.value('NR_FRAMES');
  const given =
    declarator.initial === null
      ? frames?.kind === 'constant'
        ? frames.value
        : 2
      : constantNumber(
          { source: place.source, node: declarator },
          declarator.initial,
          place.scope,
          place.problems,
        );
  return given === null ? ERROR : { ...type, bound: Math.max(1, given) };
}

function arrayOf(of: Type, length: number, node: Expr, place: TypePlace): Type {
  if (length >= 1 && length <= limits.cells) return { kind: 'array', of, length };
  const at = { source: place.source, node };
  if (length < 1)
    place.problems.error('HMM3004', at, `an array of ${length} elements`, 'at least one is needed');
  else
    place.problems.error(
      'HMM2019',
      at,
      `an array of ${length} elements; the limit is ${limits.cells}`,
    );
  return ERROR;
}

/** The number a cell of this kind, or each cell of an array, starts with when nothing is written. */
export function defaultValue(type: Type): number {
  if (type.kind === 'array') return defaultValue(type.of);
  if (type.kind === 'seq') return FIRST;
  return type.kind === 'int' && (type.min > 0 || type.max < 0) ? type.min : 0;
}

/** What the cells of a declaration start with: what is written, else the default of its kind. */
export function startOf(type: Type, declarator: Declarator, place: TypePlace): Start {
  const { initial, elements } = declarator;
  if (type.kind === 'array' && elements !== null) {
    checkCount(type.length, elements, place);
    return {
      kind: 'elements',
      elements: Array.from({ length: type.length }, (_, i) =>
        written(type.of, elements[i] ?? null, place),
      ),
    };
  }
  return written(type, initial, place);
}

function written(type: Type, initial: Expr | null, place: TypePlace): Initial {
  const given = initial === null ? null : declaredInitial(type, initial, place);
  return given ?? { kind: 'number', value: defaultValue(type) };
}

function checkCount(length: number, elements: readonly Expr[], place: TypePlace): void {
  const beyond = elements[length];
  if (beyond === undefined) return;
  const message = `${elements.length} start values for an array of ${length}`;
  place.problems.error('HMM3004', { source: place.source, node: beyond }, message);
}

/**
 * The start value written for a cell, or for each cell of an array: a number, a work function, an ops
 * table. Null if it is none of these, and reported.
 */
function declaredInitial(type: Type, initial: Expr, place: TypePlace): Initial | null {
  const at = { source: place.source, node: initial };
  if (type.kind === 'error') return null;
  if (type.kind === 'array') return declaredInitial(type.of, initial, place);
  if (type.kind === 'primitive') return primitiveInitial(type, initial, place);
  if (type.kind === 'ops') {
    const table = initial.kind === 'ident' ? place.scope.value(initial.name) : null;
    if (initial.kind === 'null') return { kind: 'number', value: 0 };
    if (table?.kind === 'table' && tableFits(table, type, initial, place))
      return { kind: 'table', table };
    if (table?.kind !== 'table')
      place.problems.error('HMM3001', at, `${typeText(type)} starts with a table's name or NULL`);
    return null;
  }
  if (type.kind === 'pointer') {
    if (initial.kind === 'null') return { kind: 'number', value: 0 };
    place.problems.error(
      'HMM3005',
      at,
      'a pointer starts as NULL here',
      'set it in a thread or a world hook',
    );
    return null;
  }
  if (type.kind === 'struct') {
    place.problems.error('HMM3001', at, `${typeText(type)} has no start value of its own`);
    return null;
  }
  return scalarInitial(type, initial, place);
}

function scalarInitial(type: Type, initial: Expr, place: TypePlace): Initial | null {
  const at = { source: place.source, node: initial };
  const constant = constantOf(at, initial, place.scope, place.problems);
  if (constant === null) return null;
  if (!sameType(constant.type, type) && !(isNumeric(constant.type) && isNumeric(type))) {
    place.problems.error(
      'HMM3001',
      at,
      `${typeText(constant.type)} where ${typeText(type)} is needed`,
    );
    return null;
  }
  const value = type.kind === 'bool' ? Number(constant.value !== 0) : constant.value;
  const range: IntType = type.kind === 'int' ? type : DEFAULT_INT;
  if (isNumeric(type) && (value < range.min || value > range.max)) {
    place.problems.error('HMM3004', at, `${value} is outside ${range.min}..${range.max}`);
    return null;
  }
  return { kind: 'number', value };
}

function primitiveInitial(type: PrimitiveType, initial: Expr, place: TypePlace): Initial | null {
  const at = { source: place.source, node: initial };
  const { primitive } = type;
  if (primitive === 'kref')
    return scalarInitial({ kind: 'int', min: 0, max: type.bound }, initial, place);
  if (primitive === 'frames' || primitive === 'workqueue') return null;
  if (primitive !== 'work') {
    place.problems.error('HMM3001', at, `a ${primitive} has no start value`);
    return null;
  }
  const proc = initial.kind === 'ident' ? workFunction(initial.name, initial, place) : null;
  if (initial.kind !== 'ident')
    place.problems.error('HMM3001', at, 'a work item starts with the name of its function');
  return proc === null ? null : { kind: 'proc', proc };
}

/** The proc that a work item is to run: takes `work *w`; null once reported. */
function workFunction(name: string, node: Expr, place: TypePlace): ProcInfo | null {
  const at = { source: place.source, node };
  const proc = place.scope.proc(name);
  if (proc === null && reportRemoved(name, at, place.scope, place.problems)) return null;
  if (proc === null) {
    const known = [...place.scope.chain()].flatMap((scope) => [...scope.procs.keys()]);
    place.problems.error('HMM2005', at, `there is no proc \`${name}\``, didYouMean(name, known));
    return null;
  }
  const work: Type = { kind: 'primitive', primitive: 'work', of: null, bound: 0 };
  const wanted = { params: [{ kind: 'pointer', to: work } as const], result: null };
  return checkCallback(signatureOf(proc, place.problems), wanted, at, name, place.problems)
    ? proc
    : null;
}

function tableFits(table: TableInfo, type: Type, node: Expr, place: TypePlace): boolean {
  const ops = place.scope.opsInterface(table.def.ops.name);
  if (type.kind === 'ops' && ops === type.ops) return true;
  const at = { source: place.source, node };
  place.problems.error(
    'HMM3001',
    at,
    `\`${table.name}\` is a table of ops ${table.def.ops.name}, not of ${typeText(type)}`,
  );
  return false;
}
