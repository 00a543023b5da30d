// SPDX-License-Identifier: MIT
/** Profiles and drivers: found by name, their base taken over, `replace`, `remove` and rules applied. */

import { didYouMean } from '../check/nearest.ts';
import { limits } from '../check/limits.ts';
import type { At, Problems } from '../check/problems.ts';
import type { Definition, Profile, ProfileItem, Remove } from '../syntax/ast.ts';
import type { Library } from './library.ts';
import { profileHelp } from './library.ts';
import type { Source } from './source.ts';

/** A definition and the text it is written in. */
export interface Located {
  readonly def: Definition;
  readonly source: Source;
}

/** One of a profile, and what it replaced in a base, or null. */
interface Layered extends Located {
  readonly over: Layered | null;
}

/** A profile or driver with everything it stands for. */
export interface FlatProfile {
  readonly sort: 'profile' | 'driver';
  /** As in `profile NAME` or `driver NAME`. */
  readonly name: string;
  readonly at: At;
  /** By {@link definitionKey}, in order of first definition. */
  readonly definitions: ReadonlyMap<string, Layered>;
  readonly rules: ReadonlyMap<string, boolean>;
  /** Names of the bases that are gone, and where they are removed. */
  readonly removed: ReadonlyMap<string, At>;
  /** What stood behind these names. */
  readonly gone: ReadonlySet<Definition>;
  /** Cores that a driver fits. */
  readonly fits: readonly string[];
}

/** What must be unique within a profile: `proc f`, `type foo`, `verb fault range`, ... */
function definitionKey(def: Definition): string {
  switch (def.kind) {
    case 'enum':
    case 'struct':
      return `type ${def.name.name}`;
    case 'verb':
      return `verb ${def.words.map((word) => word.name).join(' ')}`;
    case 'world':
      return `world ${def.word.name}`;
    case 'const':
    case 'ops':
    case 'ops-table':
    case 'proc':
      return `${def.kind} ${def.name.name}`;
  }
}

/** The part of a definition that names it. */
export function definitionName(def: Definition): { readonly start: number; readonly end: number } {
  if (def.kind === 'world') return def.word;
  if (def.kind !== 'verb') return def.name;
  const last = def.words.at(-1);
  return { start: def.words[0]?.start ?? def.start, end: last?.end ?? def.end };
}

interface Part {
  readonly block: Profile;
  readonly source: Source;
}

function partKey(sort: Profile['sort'], name: string): string {
  return `${sort} ${name}`;
}

/** All blocks, by {@link partKey}. */
function partsOf(files: readonly Source[]): ReadonlyMap<string, readonly Part[]> {
  const parts = new Map<string, Part[]>();
  for (const source of files)
    for (const item of source.ast?.items ?? []) {
      if (item.kind !== 'profile') continue;
      const key = partKey(item.sort, item.name.name);
      const known = parts.get(key);
      if (known === undefined) parts.set(key, [{ block: item, source }]);
      else known.push({ block: item, source });
    }
  return parts;
}

export class Profiles {
  #own: ReadonlyMap<string, readonly Part[]> | null = null;
  readonly #library: Library;
  readonly #problems: Problems;
  readonly #flat = new Map<string, FlatProfile | null>();
  readonly #open: { readonly key: string; readonly at: At }[] = [];

  constructor(library: Library, problems: Problems) {
    this.#library = library;
    this.#problems = problems;
  }

  /** `linux/5.3` or `drivers/nouveau/5.3`, as after `use`; null once reported. */
  use(name: string, at: At): FlatProfile | null {
    const driver = name.startsWith('drivers/');
    return this.#get(
      driver ? 'driver' : 'profile',
      driver ? name.slice('drivers/'.length) : name,
      at,
    );
  }

  #get(sort: Profile['sort'], name: string, at: At): FlatProfile | null {
    const key = sort === 'driver' ? `drivers/${name}` : name;
    const first = this.#open.findIndex((entry) => entry.key === key);
    if (first >= 0) {
      this.#reportCycle(key, first, at);
      return null;
    }
    const known = this.#flat.get(key);
    if (known !== undefined) return known;
    const parts = this.#parts(sort, name);
    const [head] = parts;
    if (head === undefined) {
      const what = sort === 'driver' ? 'driver' : 'profile';
      this.#problems.error(
        'HMM2011',
        at,
        `there is no ${what} \`${key}\``,
        profileHelp(key, this.#library),
      );
      this.#flat.set(key, null);
      return null;
    }
    if (this.#open.length >= limits.profiles) {
      const message = `profiles extend each other more than ${limits.profiles} times in a row`;
      this.#problems.error('HMM2019', at, message, 'extend one that is closer to the first');
      return null;
    }
    this.#open.push({ key, at });
    const flat = this.#flatten(sort, name, parts, { source: head.source, node: head.block.name });
    this.#open.pop();
    this.#flat.set(key, flat);
    return flat;
  }

  /** All blocks of that name: those of the file and its imports, else the built-in ones. */
  #parts(sort: Profile['sort'], name: string): readonly Part[] {
    const key = partKey(sort, name);
    this.#own ??= partsOf(this.#library.files);
    const own = this.#own.get(key) ?? [];
    const texts = new Set(own.map((part) => part.source.text));
    const builtIn = this.#library.builtIn(sort === 'driver' ? `drivers/${name}` : name);
    // A built-in file that is compiled itself is one part of its profile, not another profile.
    const same = builtIn.some((source) => texts.has(source.text));
    if (own.length > 0 && !same) return own;
    const more = partsOf(builtIn.filter((source) => !texts.has(source.text))).get(key) ?? [];
    return [...own, ...more];
  }

  #flatten(
    sort: Profile['sort'],
    name: string,
    parts: readonly Part[],
    at: At,
  ): FlatProfile | null {
    const draft = new ProfileDraft(this.#problems);
    const bases = parts.flatMap(({ block, source }) => [
      ...(block.extends === null ? [] : [{ sort, name: block.extends, source }]),
      ...block.items.flatMap((item) =>
        item.kind === 'use' ? item.names.map((used) => ({ sort: null, name: used, source })) : [],
      ),
    ]);
    for (const base of bases) {
      const place = { source: base.source, node: base.name };
      const flat =
        base.sort === null
          ? this.use(base.name.name, place)
          : this.#get(base.sort, base.name.name.replace(/^drivers\//, ''), place);
      if (flat !== null) draft.inherit(flat, place);
      else draft.incomplete = true;
    }
    for (const { block, source } of parts)
      for (const item of block.items) draft.apply(item, source);
    if (draft.incomplete) return null;
    const fits = parts.flatMap(({ block }) => block.for.map((core) => core.name));
    const { definitions, rules, removed, gone } = draft;
    return { sort, name, at, definitions, rules, removed, gone, fits };
  }

  #reportCycle(key: string, first: number, at: At): void {
    const cycle = this.#open.slice(first);
    const names = [...cycle.map((entry) => entry.key), key].join(' -> ');
    this.#problems.error(
      'HMM2015',
      at,
      `profiles extend each other: ${names}`,
      'one of them must stand alone',
    );
  }
}

/** A profile while its base and its own items are put together. */
class ProfileDraft {
  readonly definitions = new Map<string, Layered>();
  readonly rules = new Map<string, boolean>();
  readonly removed = new Map<string, At>();
  readonly gone = new Set<Definition>();
  /** A base is missing and reported: what it would have had is unknown. */
  incomplete = false;
  readonly #inherited = new Set<string>();
  readonly #problems: Problems;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  inherit(base: FlatProfile, at: At): void {
    for (const def of base.gone) this.gone.add(def);
    for (const [key, { def }] of this.definitions)
      if (this.gone.has(def)) this.definitions.delete(key);
    for (const [key, located] of base.definitions) {
      if (this.gone.has(located.def)) continue;
      const other = this.definitions.get(key);
      if (other !== undefined && replaces(other, located)) continue;
      if (other !== undefined && !replaces(located, other))
        this.#problems.error('HMM2002', at, `\`${plain(key)}\` comes from two bases`, null, [
          { message: 'one is here', at: nameAt(other) },
          { message: 'the other is here', at: nameAt(located) },
        ]);
      this.definitions.set(key, located);
      this.#inherited.add(key);
    }
    for (const [rule, on] of base.rules) this.rules.set(rule, on);
    for (const [name, removal] of base.removed) this.removed.set(name, removal);
  }

  apply(item: ProfileItem, source: Source): void {
    switch (item.kind) {
      case 'use':
        return;
      case 'rule':
        this.#rule(item, source);
        return;
      case 'remove':
        this.#remove(item, source);
        return;
      case 'replace':
        this.#replace(item.definition, source);
        return;
      default:
        this.#define({ def: item, source, over: null });
    }
  }

  #define(located: Layered): void {
    const key = definitionKey(located.def);
    const other = this.definitions.get(key);
    if (other !== undefined) {
      const inherited = this.#inherited.has(key);
      this.#problems.error(
        inherited ? 'HMM2017' : 'HMM2002',
        nameAt(located),
        inherited ? `the base already has \`${plain(key)}\`` : `\`${plain(key)}\` is defined twice`,
        inherited ? 'write `replace` before it, or choose another name' : null,
        [{ message: 'the first definition is here', at: nameAt(other) }],
      );
    }
    this.definitions.set(key, located);
    this.#inherited.delete(key);
  }

  #replace(def: Definition, source: Source): void {
    const key = definitionKey(def);
    const located = { def, source, over: this.definitions.get(key) ?? null };
    if (located.over === null && !this.incomplete)
      this.#problems.error(
        'HMM2016',
        nameAt(located),
        `the base has no \`${plain(key)}\` to replace`,
        didYouMean(plain(key), [...this.#inherited].map(plain)) ??
          'leave `replace` out, or name what the base defines',
      );
    this.definitions.set(key, located);
    this.#inherited.delete(key);
  }

  #remove({ words, end }: Remove, source: Source): void {
    const name = words.map((word) => word.name).join(' ');
    const at = { source, node: { start: words[0]?.start ?? end, end } };
    const keys = [...this.definitions.keys()].filter((key) => plain(key) === name);
    if (keys.length === 0 && !this.incomplete)
      this.#problems.error(
        'HMM2016',
        at,
        `the base has no \`${name}\` to remove`,
        didYouMean(name, [...this.#inherited].map(plain)),
      );
    for (const key of keys) {
      const located = this.definitions.get(key);
      if (located !== undefined) this.gone.add(located.def);
      this.definitions.delete(key);
    }
    if (keys.length > 0) this.removed.set(name, at);
  }

  #rule(item: Extract<ProfileItem, { kind: 'rule' }>, source: Source): void {
    const at = { source, node: item };
    if (item.name.name !== 'readers_overtake')
      this.#problems.error(
        'HMM2009',
        at,
        `there is no rule \`${item.name.name}\``,
        'the only rule is `readers_overtake`',
      );
    else if (item.value.name !== 'on' && item.value.name !== 'off')
      this.#problems.error(
        'HMM2009',
        at,
        `a rule is \`on\` or \`off\`, not \`${item.value.name}\``,
      );
    else this.rules.set(item.name.name, item.value.name === 'on');
  }
}

/** Whether the first is the second, or replaced it: so a base that says more of it wins. */
function replaces(later: Layered, earlier: Layered): boolean {
  for (let at: Layered | null = later; at !== null; at = at.over)
    if (at.def === earlier.def) return true;
  return false;
}

function nameAt({ def, source }: Located): At {
  return { source, node: definitionName(def) };
}

/** A key without its namespace. */
function plain(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}
