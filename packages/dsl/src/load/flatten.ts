// SPDX-License-Identifier: MIT
/** A profile or driver with all that it takes over from others, as texts of definitions. */

import type { Host } from '../api.ts';
import { Problems } from '../check/problems.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { Definition } from '../syntax/ast.ts';
import { createLibrary } from './library.ts';
import type { FlatProfile, Located } from './profile.ts';
import { Profiles } from './profile.ts';

/** One definition, and where it is written. */
export interface FlatDefinition {
  /** `proc hmm_range_fault`, `struct hmm_range`, `verb fault range`; unique in its profile. */
  readonly name: string;
  /** With its doc comment and without `replace`: a definition that can stand by itself. */
  readonly text: string;
  readonly file: string;
  /** 1-based, of its first word. */
  readonly line: number;
}

export interface FlattenedProfile {
  readonly sort: 'profile' | 'driver';
  /** Without `drivers/`. */
  readonly name: string;
  /** Cores that a driver fits. */
  readonly fits: readonly string[];
  readonly rules: readonly { readonly name: string; readonly on: boolean }[];
  /** Where a definition was replaced, the new one stands at the place of the old. */
  readonly definitions: readonly FlatDefinition[];
}

/** A profile, or everything that is wrong with it; `sources` are the texts that diagnostics speak of. */
export interface Flattening {
  readonly profile: FlattenedProfile | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Puts a profile together, without checking what it says.
 *
 * @param name as after `use`: `linux/5.3`, `drivers/nouveau/5.3`
 * @param from a file whose profiles, and those of its imports, come before built-in ones; null for none
 */
export function flattenProfile(
  name: string,
  from: { readonly file: string; readonly text: string } | null,
  host: Host,
): Flattening {
  const problems = new Problems();
  const library = createLibrary(from?.text ?? '', from?.file ?? '', host, problems);
  const at = { source: library.own, node: { start: 0, end: 0 } };
  const flat = problems.errors > 0 ? null : new Profiles(library, problems).use(name, at);
  const sources = new Map([...library.sources].map(([file, { text }]) => [file, text]));
  return {
    profile: flat === null || problems.errors > 0 ? null : textsOf(flat),
    diagnostics: problems.list([...sources.keys()]),
    sources,
  };
}

function textsOf({ sort, name, fits, rules, definitions }: FlatProfile): FlattenedProfile {
  return {
    sort,
    name,
    fits,
    rules: [...rules].map(([rule, on]) => ({ name: rule, on })),
    definitions: [...definitions.values()].map(definitionText),
  };
}

function definitionText({ def, source }: Located): FlatDefinition {
  const written = source.text.slice(def.start, def.end);
  const doc = def.doc === null ? [] : def.doc.split('\n').map((line) => `/// ${line}`.trimEnd());
  const bare = def.kind === 'proc' && !/^proc\s/.test(written);
  return {
    name: headOf(def),
    text: [...doc, bare ? `proc ${written}` : written].join('\n'),
    file: source.file,
    line: source.lines.at(def.start).line,
  };
}

function headOf(def: Definition): string {
  switch (def.kind) {
    case 'verb':
      return `verb ${def.words.map((word) => word.name).join(' ')}`;
    case 'world':
      return `world ${def.word.name}`;
    case 'ops-table':
      return `ops ${def.ops.name} ${def.name.name}`;
    case 'const':
    case 'enum':
    case 'struct':
    case 'ops':
    case 'proc':
      return `${def.kind} ${def.name.name}`;
  }
}
