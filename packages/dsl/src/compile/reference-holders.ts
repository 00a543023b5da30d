// SPDX-License-Identifier: MIT
/** Holders that the counter does not name: fields and worlds that say themselves what they hold. */

import type { CellPlace, Holder } from '@hmmlab/runtime/program';
import { heldCounter } from '../check/held-counter.ts';
import type { Reference } from '../check/held-counter.ts';
import type { CountingWorlds } from '../check/holders.ts';
import type { Problems } from '../check/problems.ts';
import { layoutOf } from '../check/struct-layout.ts';
import type { FieldInfo } from '../check/symbols.ts';
import type { Ident } from '../syntax/ast.ts';
import type { Site } from './struct-sites.ts';
import { visitStructs } from './struct-sites.ts';

/** By the counter that they hold; each declaration once, from everywhere that it is. */
export function referenceHolders(
  sites: readonly Site[],
  worlds: CountingWorlds,
  problems: Problems,
): ReadonlyMap<FieldInfo, readonly Holder[]> {
  const found = new References(problems);
  for (const site of sites)
    visitStructs(site, problems, (struct, at) => {
      for (const field of layoutOf(struct, problems).fields.values())
        if (field.holds !== null) {
          const text = `${struct.name}.${field.name}`;
          const length = field.type.kind === 'array' ? field.type.length : 1;
          found.add(field, field.holds, { text, hops: [field.offset], length }, [at]);
        }
    });
  for (const [info, { holds }] of worlds)
    if (holds !== null) {
      const count = info.type.kind === 'array' ? info.type.length : 1;
      const from = Array.from({ length: count }, (_, i): CellPlace => {
        return { kind: 'object', object: info.first + i, cell: 0 };
      });
      found.add(info, holds, { text: info.name, hops: [0], length: 1 }, from);
    }
  return found.holders;
}

class References {
  readonly holders = new Map<FieldInfo, Holder[]>();
  readonly #places = new Map<Reference, CellPlace[]>();
  readonly #problems: Problems;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  add(
    reference: Reference,
    holds: Ident,
    where: Pick<Extract<Holder, { kind: 'referrer' }>, 'text' | 'hops' | 'length'>,
    from: readonly CellPlace[],
  ): void {
    const known = this.#places.get(reference);
    if (known !== undefined) {
      known.push(...from);
      return;
    }
    const places = [...from];
    this.#places.set(reference, places);
    const counter = heldCounter(reference, holds, this.#problems);
    if (counter === null) return;
    const others = this.holders.get(counter) ?? [];
    const holder: Holder = { kind: 'referrer', ...where, from: places, pfn: null };
    this.holders.set(counter, [...others, holder]);
  }
}
