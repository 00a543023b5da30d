// SPDX-License-Identifier: MIT
/** Which expressions may be evaluated although their value is not needed. */

import type { Place, Typed } from '../check/typed.ts';

/** True if evaluating emits no instruction and can be no finding: constants, locals, arithmetic on them. */
export function isSimple(typed: Typed): boolean {
  switch (typed.kind) {
    case 'const':
    case 'local':
    case 'table':
    case 'function':
      return true;
    case 'unary':
      return isSimple(typed.a);
    case 'binary': {
      const divides = typed.op === '/' || typed.op === '%';
      if (divides && (typed.b.kind !== 'const' || typed.b.value === 0)) return false;
      return isSimple(typed.a) && isSimple(typed.b);
    }
    case 'conditional':
      return isSimple(typed.test) && isSimple(typed.then) && isSimple(typed.else);
    case 'address':
      return isFixed(typed.place);
    default:
      return false;
  }
}

/** A place whose address is known without a pointer or an index that might be wrong. */
function isFixed(place: Place): boolean {
  switch (place.kind) {
    case 'object':
      return true;
    case 'target':
      return place.pointer.kind === 'local';
    case 'member':
      return place.of.kind !== 'target' && isFixed(place.of);
    case 'element':
      return place.index.kind === 'const' && isFixed(place.of);
  }
}
