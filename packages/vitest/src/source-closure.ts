// SPDX-License-Identifier: MIT
/**
 * Every file that the meaning of a .hmm file depends on, found anew from the texts each time: a
 * remembered graph would be empty when modules come from vitest's cache.
 *
 * It looks for imports and profile names with patterns instead of parsing, and rather finds one too
 * many (in a comment) than one too few.
 */

import { posix } from 'node:path';
import type { Host } from '@hmmlab/dsl';

const GAP = String.raw`(?:\s|/\*(?:[^*]|\*(?!/))*\*/|//.*\n)*`;
const IMPORT = new RegExp(String.raw`\bimport${GAP}"((?:[^"\\\n]|\\.)*)"`, 'g');

/** File name as the host has it -> its text, or null where an imported file is missing. */
export type SourceClosure = ReadonlyMap<string, string | null>;

/**
 * The closure of `file`, itself first, in a fixed order.
 *
 * @param file the host's name of the file: project relative, `/`-separated.
 */
export function sourceClosure(file: string, text: string, host: Host): SourceClosure {
  const profiles = host.profileNames().map((name) => ({ name, mention: mentionOf(name) }));
  const closure = new Map<string, string | null>([[file, text]]);
  const visit = (from: string, source: string): void => {
    for (const found of [...imports(from, source, host), ...mentioned(source)]) {
      if (closure.has(found.file)) continue;
      closure.set(found.file, found.text);
      if (found.text !== null) visit(found.file, found.text);
    }
  };
  const mentioned = (source: string): readonly Found[] =>
    profiles
      .filter(({ mention }) => mention.test(source))
      .flatMap(({ name }) => host.profileFiles(name));
  visit(file, text);
  return closure;
}

interface Found {
  readonly file: string;
  readonly text: string | null;
}

function imports(from: string, source: string, host: Host): readonly Found[] {
  return [...source.matchAll(IMPORT)].map(([, path = '']) => {
    const imported = host.importFile(path, from);
    return 'missing' in imported
      ? { file: posix.join(posix.dirname(from), path), text: null }
      : imported;
  });
}

/** A driver may be called without `drivers/`: `extends nouveau/5.2`. */
function mentionOf(name: string): RegExp {
  const escaped = name.replace(/^drivers\//, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(String.raw`(?<![\w.-])${escaped}(?![\w/-]|\.\w)`);
}
