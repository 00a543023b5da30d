// SPDX-License-Identifier: MIT
/** `mm_struct *mm holds mm_users`: which counter a reference holds, said where the reference is. */

import type { Ident } from '../syntax/ast.ts';
import { isCounter } from './holders.ts';
import { didYouMean } from './nearest.ts';
import type { At, Problems } from './problems.ts';
import { layoutOf } from './struct-layout.ts';
import type { FieldInfo, Type } from './symbols.ts';
import { referentOf, typeText } from './types.ts';

/** A field or world that says what it holds. */
export interface Reference {
  readonly name: string;
  readonly type: Type;
  /** Where the name is written. */
  readonly at: At;
}

/**
 * The counter of this name in the struct that `reference` refers to, as a pointer, an array or a list;
 * null once reported.
 */
export function heldCounter(
  reference: Reference,
  holds: Ident,
  problems: Problems,
): FieldInfo | null {
  const { name, type, at } = reference;
  const to = referentOf(type);
  if (type.kind === 'error' || to?.kind === 'error') return null;
  if (to?.kind !== 'struct') {
    const message = `\`${name}\` is ${typeText(type)} and refers to no struct that counts`;
    problems.error('HMM3021', at, message, '`holds` belongs to a pointer to a struct or to a list');
    return null;
  }
  const { fields } = layoutOf(to.struct, problems);
  const counter = fields.get(holds.name);
  const written = { source: at.source, node: holds };
  if (counter === undefined) {
    const counters = [...fields.values()].flatMap((f) => (isCounter(f.type) ? [f.name] : []));
    const known = counters.length === 0 ? null : `its counters are ${counters.join(', ')}`;
    const message = `struct ${to.struct.name} has no field \`${holds.name}\``;
    problems.error('HMM2006', written, message, didYouMean(holds.name, counters) ?? known);
    return null;
  }
  if (isCounter(counter.type)) return counter;
  if (counter.type.kind !== 'error') {
    const message = `\`${holds.name}\` is ${typeText(counter.type)} and counts nothing`;
    problems.error('HMM3021', written, message, 'a counter is a kref or an int');
  }
  return null;
}
