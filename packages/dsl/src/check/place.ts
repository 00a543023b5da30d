// SPDX-License-Identifier: MIT
/** Members, elements and bare field names: which cells an expression means. */

import { listed } from './listed.ts';
import type { Expr, Ident, Node } from '../syntax/ast.ts';
import { errorAt, pagesOf } from './convert.ts';
import { didYouMean } from './nearest.ts';
import { layoutOf, sizeOf } from './struct-layout.ts';
import type { FieldInfo, ObjectInfo, StructInfo, Type } from './symbols.ts';
import type { Env, Place, Typed } from './typed.ts';
import { ERROR, WIDE_INT, isNumeric, isScalar, typeText } from './types.ts';

/** The value or place at `place`: a plain cell is read, anything else stands for itself. */
export function valueOf(place: Place): Typed {
  const common = { place, type: place.type, node: place.node };
  return isScalar(place.type) ? { kind: 'read', ...common } : { kind: 'place', ...common };
}

/** The world object itself. */
export function objectPlace(object: ObjectInfo, node: Node, index = 0): Place {
  const type = object.type.kind === 'array' && index > 0 ? object.type.of : object.type;
  return { kind: 'object', object, index, type, identity: object, node };
}

/** `object.field`, `pointer->field`. */
export function memberOf(expr: Extract<Expr, { kind: 'member' }>, env: Env): Typed {
  const object = env.value(expr.object);
  if (object.type.kind === 'error') return errorAt(expr);
  if (object.kind === 'pages') return pagesMember(object, expr, env);
  const at = { source: env.source, node: expr };
  if (object.type.kind === 'pointer' && object.type.to.kind === 'struct') {
    if (!expr.arrow) {
      const help = `write \`->${expr.field.name}\``;
      env.problems.error(
        'HMM3006',
        at,
        `this is a ${typeText(object.type)}: its fields are reached with \`->\``,
        help,
      );
    }
    const target: Place = {
      kind: 'target',
      pointer: object,
      type: object.type.to,
      identity: null,
      node: expr.object,
    };
    return fieldOf(target, object.type.to.struct, expr.field, expr, env);
  }
  if (object.kind === 'place' && object.type.kind === 'struct') {
    if (expr.arrow) {
      const help = `write \`.${expr.field.name}\``;
      env.problems.error(
        'HMM3006',
        at,
        `this is a ${typeText(object.type)}: its fields are reached with \`.\``,
        help,
      );
    }
    return fieldOf(object.place, object.type.struct, expr.field, expr, env);
  }
  const message = `${typeText(object.type)} has no fields`;
  env.problems.error('HMM2006', { source: env.source, node: expr.field }, message);
  return errorAt(expr);
}

function pagesMember(
  pages: Extract<Typed, { kind: 'pages' }>,
  expr: Extract<Expr, { kind: 'member' }>,
  env: Env,
): Typed {
  const at = { source: env.source, node: expr };
  if (expr.arrow)
    env.problems.error('HMM3006', at, 'pages are no pointer', `write \`.${expr.field.name}\``);
  switch (expr.field.name) {
    case 'vma':
      return { ...pages.vma, node: expr };
    case 'mm':
      return { ...pages.mm, node: expr };
    case 'start':
      return { ...pages.start, node: expr };
    case 'end':
      return { ...pages.end, node: expr };
    default:
      env.problems.error(
        'HMM2006',
        { source: env.source, node: expr.field },
        `pages have no field \`${expr.field.name}\``,
        'they have vma, mm, start and end',
      );
      return errorAt(expr);
  }
}

function fieldOf(of: Place, struct: StructInfo, name: Ident, node: Node, env: Env): Typed {
  const field = layoutOf(struct, env.problems).fields.get(name.name);
  if (field !== undefined) return valueOf(fieldPlace(of, field, node));
  const names = [...layoutOf(struct, env.problems).fields.keys()];
  const at = { source: env.source, node: name };
  const help = didYouMean(name.name, names) ?? `it has ${listed(names)}`;
  env.problems.error('HMM2006', at, `struct ${struct.name} has no field \`${name.name}\``, help);
  return errorAt(node);
}

function fieldPlace(of: Place, field: FieldInfo, node: Node): Place {
  return { kind: 'member', of, field, type: field.type, identity: field, node };
}

/** `array[index]`. */
export function elementOf(expr: Extract<Expr, { kind: 'index' }>, env: Env): Typed {
  const array = env.value(expr.object);
  const index = env.value(expr.index);
  if (array.type.kind === 'error' || index.type.kind === 'error') return errorAt(expr);
  const at = { source: env.source, node: expr };
  if (array.kind !== 'place' || array.type.kind !== 'array') {
    env.problems.error('HMM3001', at, `${typeText(array.type)} is no array`);
    return errorAt(expr);
  }
  if (!isNumeric(index.type)) {
    const message = `an index is a number, not ${typeText(index.type)}`;
    env.problems.error('HMM3001', { source: env.source, node: expr.index }, message);
    return errorAt(expr);
  }
  const { of, length } = array.type;
  if (index.kind === 'const' && (index.value < 0 || index.value >= length)) {
    const message = `index ${index.value} is outside 0..${length - 1}`;
    const help = length === 1 ? 'there is one element' : `there are ${length} elements, from 0 on`;
    env.problems.error('HMM3004', { source: env.source, node: expr.index }, message, help);
    return errorAt(expr);
  }
  return valueOf(elementPlace(array.place, index, of, length, expr, env));
}

function elementPlace(
  array: Place,
  index: Typed,
  of: Type,
  length: number,
  node: Node,
  env: Env,
): Place {
  if (array.kind === 'object' && index.kind === 'const')
    return {
      kind: 'object',
      object: array.object,
      index: index.value,
      type: of,
      identity: array.object,
      node,
    };
  const stride = sizeOf(of, env.problems);
  return {
    kind: 'element',
    of: array,
    index,
    stride,
    length,
    type: of,
    identity: array.identity,
    node,
  };
}

/** `heap[0..2)`: pages of a vma. */
export function pageRange(expr: Extract<Expr, { kind: 'page-range' }>, env: Env): Typed {
  const vma = env.value(expr.object);
  const from = env.value(expr.from);
  const to = env.value(expr.to);
  if ([vma, from, to].some((part) => part.type.kind === 'error')) return errorAt(expr);
  const info = vma.kind === 'place' && vma.place.kind === 'object' ? vma.place.object.vma : null;
  const at = { source: env.source, node: expr };
  if (info === null) {
    env.problems.error(
      'HMM3001',
      at,
      `${typeText(vma.type)} has no pages`,
      'only a vma of the scenario has',
    );
    return errorAt(expr);
  }
  if (!isNumeric(from.type) || !isNumeric(to.type)) {
    env.problems.error('HMM3001', at, 'pages are counted with numbers');
    return errorAt(expr);
  }
  const count = info.end - info.start;
  const outside = (t: Typed): boolean => t.kind === 'const' && (t.value < 0 || t.value > count);
  const empty = from.kind === 'const' && to.kind === 'const' && from.value >= to.value;
  if (outside(from) || outside(to) || empty) {
    const what = empty ? 'this holds no page' : `the vma has pages [0..${count})`;
    env.problems.error(
      'HMM3014',
      at,
      what,
      `write pages from 0 up to ${count}, the end not included`,
    );
    return errorAt(expr);
  }
  const whole = pagesOf({ ...vma, node: expr }, 0, 0);
  if (whole.kind !== 'pages') return errorAt(expr);
  return { ...whole, start: shifted(from, info.start), end: shifted(to, info.start) };
}

function shifted(value: Typed, by: number): Typed {
  const { node } = value;
  if (value.kind === 'const') return { ...value, value: value.value + by };
  if (by === 0) return value;
  const b: Typed = { kind: 'const', value: by, text: null, type: WIDE_INT, node };
  return { kind: 'binary', op: '+', a: value, b, type: WIDE_INT, node };
}

/** A unique field of a world object, named alone; null if no object has one. */
export function bareMember(ident: Ident, env: Env): Typed | null {
  const found: { readonly object: ObjectInfo; readonly field: FieldInfo }[] = [];
  for (const symbol of worldObjects(env)) {
    if (symbol.type.kind !== 'struct') continue;
    const field = layoutOf(symbol.type.struct, env.problems).fields.get(ident.name);
    if (field !== undefined) found.push({ object: symbol, field });
  }
  const [first] = found;
  if (first === undefined) return null;
  if (found.length > 1) {
    const names = found.map(({ object }) => `${object.name}.${ident.name}`);
    const message = `\`${ident.name}\` could be ${names.join(' or ')}`;
    env.problems.error(
      'HMM2007',
      { source: env.source, node: ident },
      message,
      'write the object before it',
    );
    return { kind: 'error', node: ident, type: ERROR };
  }
  env.use(first.object);
  return valueOf(fieldPlace(objectPlace(first.object, ident), first.field, ident));
}

/** The scenario's own objects, in order. */
export function worldObjects(env: Pick<Env, 'scope'>): readonly ObjectInfo[] {
  return [...env.scope.values.values()].filter((symbol) => symbol.kind === 'object');
}
