// SPDX-License-Identifier: MIT
/** An expression and all expressions inside it. */

import type { Place, Typed } from '../check/typed.ts';

/** Outermost first. */
export function expressionParts(typed: Typed): readonly Typed[] {
  return [typed, ...children(typed).flatMap(expressionParts)];
}

function children(typed: Typed): readonly Typed[] {
  switch (typed.kind) {
    case 'read':
    case 'place':
    case 'address':
      return placeParts(typed.place);
    case 'unary':
      return [typed.a];
    case 'binary':
      return [typed.a, typed.b];
    case 'conditional':
      return [typed.test, typed.then, typed.else];
    case 'call':
    case 'primitive':
      return typed.args;
    case 'call-ops':
      return [typed.table, ...typed.args];
    case 'choose-of':
    case 'print':
      return typed.values;
    case 'inspect':
      return [typed.cell];
    case 'wait':
      return [typed.queue, typed.condition];
    case 'container':
      return [typed.of];
    case 'assert':
      return [typed.test];
    case 'store':
      return [...placeParts(typed.place), typed.value];
    case 'free':
      return [typed.pointer];
    default:
      return [];
  }
}

function placeParts(place: Place): readonly Typed[] {
  switch (place.kind) {
    case 'object':
      return [];
    case 'target':
      return [place.pointer];
    case 'member':
      return placeParts(place.of);
    case 'element':
      return [...placeParts(place.of), place.index];
  }
}
