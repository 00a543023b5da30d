// SPDX-License-Identifier: MIT
/** Words of built-in profiles that are not in use: for "you mean", so only looked for after an error. */

import type { Host } from '../api.ts';
import { Problems } from '../check/problems.ts';
import { createLibrary } from './library.ts';
import { Profiles } from './profile.ts';

/** Names of the built-in profiles that have a definition of that name, their bases' included; sorted. */
export type Elsewhere = (name: string) => readonly string[];

/** Reads all built-in profiles when it is first asked. */
export function createElsewhere(host: Host): Elsewhere {
  let words: ReadonlyMap<string, readonly string[]> | null = null;
  return (name) => {
    words ??= allWords(host);
    return words.get(name) ?? [];
  };
}

function allWords(host: Host): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  const unheard = new Problems(Infinity);
  const library = createLibrary('', '', host, unheard);
  const profiles = new Profiles(library, unheard);
  for (const profile of host.profileNames()) {
    const at = { source: library.own, node: { start: 0, end: 0 } };
    for (const { def } of profiles.use(profile, at)?.definitions.values() ?? []) {
      if (def.kind === 'world') continue;
      const name =
        def.kind === 'verb' ? def.words.map((word) => word.name).join(' ') : def.name.name;
      words.set(name, [...(words.get(name) ?? []), profile]);
    }
  }
  return words;
}
