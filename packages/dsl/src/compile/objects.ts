// SPDX-License-Identifier: MIT
/** World objects of a scenario: each name becomes one static object, an array one per element. */

import { limits } from '../check/limits.ts';
import type { At, Problems } from '../check/problems.ts';
import { sizeOf } from '../check/struct-layout.ts';
import type { Initial, ObjectInfo, Scope, Start, Type, VmaInfo } from '../check/symbols.ts';
import { ERROR } from '../check/types.ts';
import type { Ident } from '../syntax/ast.ts';
import { cellsOf, elementStart } from './cells.ts';

/** A static object before its types are numbered. */
export interface ObjectDraft {
  readonly name: string;
  readonly type: Type;
  readonly initial: Initial;
  readonly at: At;
  /** Way to the lock that guards it. */
  readonly guardedBy: readonly Ident[] | null;
  readonly info: ObjectInfo;
}

/** What is known of an object beside its kind. */
interface ObjectExtras {
  readonly vma?: VmaInfo;
  readonly guardedBy?: readonly Ident[] | null;
}

export class Objects {
  readonly drafts: ObjectDraft[] = [];
  /** In order of declaration. */
  readonly infos: ObjectInfo[] = [];
  readonly #scope: Scope;
  readonly #problems: Problems;
  readonly #intern: (initial: Initial) => number;
  #cells = 0;

  constructor(scope: Scope, problems: Problems, intern: (initial: Initial) => number) {
    this.#scope = scope;
    this.#problems = problems;
    this.#intern = intern;
  }

  /** Cells of all objects. */
  get cells(): number {
    return this.#cells;
  }

  /** Declares the name of an object that could not be created and is reported: silent from here on. */
  addBroken(name: string, at: At): void {
    if (this.#scope.values.has(name)) return;
    const info = { kind: 'object', name, type: ERROR, first: 0, size: 1, at, vma: null } as const;
    this.#scope.values.set(name, info);
  }

  /** Creates an object; null if its name is taken or it is too large, both reported. */
  add(
    name: string,
    type: Type,
    at: At,
    start: Start,
    { vma, guardedBy = null }: ObjectExtras = {},
  ): ObjectInfo | null {
    const taken = this.#scope.values.get(name);
    if (taken !== undefined) {
      const related =
        taken.kind === 'constant' ? [] : [{ message: 'it is first declared here', at: taken.at }];
      this.#problems.error(
        'HMM2002',
        at,
        `\`${name}\` is already declared`,
        'choose another name',
        related,
      );
      return null;
    }
    const element = type.kind === 'array' ? type.of : type;
    const count = type.kind === 'array' ? type.length : 1;
    const size = sizeOf(element, this.#problems);
    if (this.#cells + count * size > limits.cells) {
      this.#problems.error(
        'HMM2019',
        at,
        `more than ${limits.cells} cells of memory`,
        'make the model smaller',
      );
      this.addBroken(name, at);
      return null;
    }
    this.#cells += count * size;
    const info: ObjectInfo = {
      kind: 'object',
      name,
      type,
      first: this.drafts.length,
      size,
      at,
      vma: vma ?? null,
    };
    for (let i = 0; i < count; i++)
      this.drafts.push({
        name: type.kind === 'array' ? `${name}[${i}]` : name,
        type: element,
        initial: elementStart(start, i),
        at,
        guardedBy,
        info,
      });
    for (const cell of cellsOf(type, start, this.#problems)) this.#intern(cell.initial);
    this.#scope.values.set(name, info);
    this.infos.push(info);
    return info;
  }
}
