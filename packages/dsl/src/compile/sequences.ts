// SPDX-License-Identifier: MIT
/** Which declarations are sequence counters, and which are copies of them: learnt from what is done with them. */

import type { Place, Typed } from '../check/typed.ts';
import type { Node } from '../syntax/ast.ts';
import type { EmitContext } from './emission.ts';
import type { Numbering } from './numbering.ts';

/** `s - 1`: what stands before a counter; a declaration of which that is asked is a counter. */
export function noteCounter(
  { type, a }: Extract<Typed, { kind: 'binary' }>,
  { counters }: Numbering,
): void {
  if (type.kind === 'seq' && a.kind === 'read') counters.add(a.place.identity);
}

/** An assignment. */
export function noteCopy(place: Place, node: Node, { env, numbering }: EmitContext): void {
  if (place.type.kind === 'seq')
    numbering.copies.push({ identity: place.identity, at: { source: env.source, node } });
}
