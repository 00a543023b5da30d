// SPDX-License-Identifier: MIT
/** What may be compared with what. */

import { addressOf } from './convert.ts';
import type { Typed } from './typed.ts';
import type { Type } from './types.ts';
import { isNumeric, isScalar, sameType } from './types.ts';

/** A struct or lock compared with a pointer stands for its address. */
export function operand(value: Typed): Typed {
  const compound =
    value.kind === 'place' && (value.type.kind === 'struct' || value.type.kind === 'primitive');
  return compound ? addressOf(value.place, value.node) : value;
}

/** Whether values of these kinds can be equal. */
export function comparable(a: Type, b: Type): boolean {
  if (isNumeric(a) && isNumeric(b)) return true;
  if (a.kind === 'null') return b.kind === 'pointer' || b.kind === 'ops' || b.kind === 'null';
  if (b.kind === 'null') return comparable(b, a);
  return isScalar(a) && sameType(a, b);
}
