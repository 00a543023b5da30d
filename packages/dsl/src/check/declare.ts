// SPDX-License-Identifier: MIT
/** Enters definitions into a scope. Bodies, fields and signatures are looked at when they are needed. */

import type { Located } from '../load/profile.ts';
import { definitionName } from '../load/profile.ts';
import type { EnumDef } from '../syntax/ast.ts';
import { limits } from './limits.ts';
import type { At, Problems } from './problems.ts';
import type { Scope } from './symbols.ts';
import type { ProcInfo } from './symbols.ts';

/** Declares all of `definitions`; a name that this level or a library level already has is reported. */
export function declare(definitions: Iterable<Located>, scope: Scope, problems: Problems): void {
  const declarer = new Declarer(scope, problems);
  for (const located of definitions) declarer.add(located);
}

class Declarer {
  readonly #scope: Scope;
  readonly #problems: Problems;

  constructor(scope: Scope, problems: Problems) {
    this.#scope = scope;
    this.#problems = problems;
  }

  add({ def, source }: Located): void {
    const scope = this.#scope;
    const at = { source, node: definitionName(def) };
    switch (def.kind) {
      case 'const': {
        const { name } = def.name;
        if (this.#free(name, this.#valueAt(name), at))
          scope.values.set(name, {
            kind: 'named-constant',
            name,
            at,
            scope,
            def,
            value: 'unknown',
          });
        return;
      }
      case 'enum':
        this.#enum(def, at);
        return;
      case 'struct':
        if (this.#free(def.name.name, scope.type(def.name.name)?.at, at))
          scope.types.set(def.name.name, {
            kind: 'struct',
            name: def.name.name,
            at,
            scope,
            def,
            layout: null,
          });
        return;
      case 'ops':
        if (this.#free(def.name.name, scope.opsInterface(def.name.name)?.at, at))
          scope.ops.set(def.name.name, {
            kind: 'ops',
            name: def.name.name,
            at,
            scope,
            def,
            slots: null,
          });
        return;
      case 'ops-table':
        if (this.#free(def.name.name, this.#valueAt(def.name.name), at))
          scope.values.set(def.name.name, {
            kind: 'table',
            name: def.name.name,
            at,
            scope,
            def,
            ops: null,
            procs: null,
          });
        return;
      default:
        this.#proc(procInfo({ def, source }, scope));
    }
  }

  #proc(proc: ProcInfo): void {
    const scope = this.#scope;
    const { name } = proc;
    switch (proc.sort) {
      case 'proc':
        if (this.#free(name, scope.proc(name)?.at, proc.at)) scope.procs.set(name, proc);
        return;
      // A driver's verb or world hook comes before the core's, and a file's before both.
      case 'verb':
        if (name.split(' ').length > limits.verbWords)
          this.#problems.error(
            'HMM2019',
            proc.at,
            `this verb has more than ${limits.verbWords} words`,
          );
        if (this.#free(name, scope.verbs.get(name)?.at, proc.at)) {
          scope.verbs.set(name, proc);
          scope.verbWords.add(name.split(' ')[0] ?? name);
        }
        return;
      case 'hook':
        if (this.#free(name, scope.hooks.get(name)?.at, proc.at)) scope.hooks.set(name, proc);
    }
  }

  #enum(def: EnumDef, at: At): void {
    const scope = this.#scope;
    const { name } = def.name;
    if (!this.#free(name, scope.type(name)?.at, at)) return;
    const members = def.members.map((member) => member.name);
    const info = { kind: 'enum', name, at, scope, def, members } as const;
    scope.types.set(name, info);
    def.members.forEach((member, value) => {
      const place = { source: at.source, node: member };
      if (!this.#free(member.name, this.#valueAt(member.name), place)) return;
      scope.values.set(member.name, {
        kind: 'constant',
        name: member.name,
        type: { kind: 'enum', enum: info },
        value,
        text: null,
      });
    });
  }

  /** Where a value of that name is declared; built-in constants have no place but are taken all the same. */
  #valueAt(name: string): At | 'built in' | undefined {
    const found = this.#scope.value(name);
    if (found === null) return undefined;
    return found.kind === 'constant' ? 'built in' : found.at;
  }

  #free(name: string, taken: At | 'built in' | undefined, at: At): boolean {
    if (taken === undefined) return true;
    const related =
      taken === 'built in' ? [] : [{ message: 'it is first declared here', at: taken }];
    const library = this.#scope.level === 'file' || this.#scope.level === 'scenario';
    const help = library
      ? 'choose another name; to change the core, write `profile mine extends ... { replace ... }`'
      : 'choose another name';
    this.#problems.error('HMM2002', at, `\`${name}\` is already declared`, help, related);
    return false;
  }
}

/** The entry of a proc, verb or world hook. */
function procInfo(
  { def, source }: { readonly def: ProcInfo['def']; readonly source: Located['source'] },
  scope: Scope,
): ProcInfo {
  const at = { source, node: definitionName(def) };
  const origin =
    source.own && (scope.level === 'file' || scope.level === 'scenario') ? 'scenario' : 'library';
  const base = { kind: 'proc', at, scope, def, origin, signature: null } as const;
  switch (def.kind) {
    case 'proc':
      return { ...base, sort: 'proc', name: def.name.name };
    case 'verb':
      return { ...base, sort: 'verb', name: def.words.map((word) => word.name).join(' ') };
    case 'world':
      return { ...base, sort: 'hook', name: def.word.name };
  }
}
