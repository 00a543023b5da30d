// SPDX-License-Identifier: MIT
/** Words of profiles that are not in use, seen from a world. */

import { otherProfile } from '../check/other-profile.ts';
import type { Env } from '../check/typed.ts';
import type { Elsewhere } from '../load/elsewhere.ts';
import type { World } from '../load/world.ts';
import { usedNames } from '../load/world.ts';

/** What to say of a name, given what this world uses. */
export function notHere(elsewhere: Elsewhere, world: World): Env['elsewhere'] {
  const used = usedNames(world);
  return (name) => {
    const having = elsewhere(name).filter((profile) => !used.includes(profile));
    return having.length === 0 ? null : otherProfile(name, having, used);
  };
}
