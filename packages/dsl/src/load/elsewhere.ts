// SPDX-License-Identifier: MIT
/** Words of profiles that are not in use: for "you mean", so only looked for after an error. */

import type { Host } from '../api.ts';
import { parse } from '../syntax/parse.ts';
import { definitionKey } from './profile.ts';

/** A function that names the first built-in profile with a proc or verb of that name, or null. */
export function createElsewhere(host: Host): (name: string) => string | null {
  let words: ReadonlyMap<string, string> | null = null;
  return (name) => {
    words ??= allWords(host);
    return words.get(name) ?? null;
  };
}

function allWords(host: Host): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const profile of host.profileNames()) {
    for (const { file, text } of host.profileFiles(profile)) {
      for (const block of parse(text, file).ast?.items ?? []) {
        if (block.kind !== 'profile') continue;
        const full = (block.sort === 'driver' ? 'drivers/' : '') + block.name.name;
        if (full !== profile) continue;
        for (const item of block.items) {
          const def = item.kind === 'replace' ? item.definition : item;
          if (def.kind !== 'proc' && def.kind !== 'verb') continue;
          const name = definitionKey(def).slice(def.kind.length + 1);
          if (!words.has(name)) words.set(name, profile);
        }
      }
    }
  }
  return words;
}
