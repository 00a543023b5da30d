// SPDX-License-Identifier: MIT
/**
 * The scopes of worlds. Those of the same profiles and sizes are one and the same for all instances of a file:
 * what their levels declare is looked at once, not once for each instance.
 */

import type { Problems } from '../check/problems.ts';
import type { Located } from '../load/profile.ts';
import type { World } from '../load/world.ts';
import type { Scope } from '../check/symbols.ts';
import type { PageLayout } from './page-layout.ts';
import { createScopes, declareSizes } from './scopes.ts';

/** Pages and frames, which lengths and ranges may use. */
export type Sizes = Pick<PageLayout, 'nrPages' | 'nrFrames'>;

/** The scopes of a world with its sizes. */
export interface SizedScope {
  /** Top level of the file and its imports; through it drivers and core. */
  readonly file: Scope;
  /** What of it, levels and procs, has been checked in some instance. */
  readonly checked: Set<object>;
}

export class WorldScopes {
  readonly #definitions: readonly Located[];
  readonly #problems: Problems;
  readonly #known = new Map<string, SizedScope>();

  /** @param definitions of the file and its imports */
  constructor(definitions: readonly Located[], problems: Problems) {
    this.#definitions = definitions;
    this.#problems = problems;
  }

  /** @param sizes null while they are not known: nothing can use them then */
  of(world: World, sizes: Sizes | null): SizedScope {
    const size = sizes === null ? '' : `${sizes.nrPages} ${sizes.nrFrames}`;
    const key = JSON.stringify([world.label, size]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { builtin, file } = createScopes(world, this.#definitions, this.#problems);
    if (sizes !== null) declareSizes(builtin, sizes);
    const made = { file, checked: new Set<object>() };
    this.#known.set(key, made);
    return made;
  }
}
