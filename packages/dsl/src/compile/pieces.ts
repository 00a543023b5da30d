// SPDX-License-Identifier: MIT
/** Everything an instance consists of, before it becomes a Program. */

import type { CountingWorlds } from '../check/holders.ts';
import type { Scope } from '../check/symbols.ts';
import type { Expectation, Invariant, Program, Restriction } from '@hmmlab/runtime/program';
import type { InstanceInput } from './instance-input.ts';
import type { MirrorDraft } from './mirrors.ts';
import type { Numbering } from './numbering.ts';
import type { Objects } from './objects.ts';
import type { Pools } from './pools.ts';
import type { ProcDraft } from './proc.ts';
import type { ThreadDraft } from './threads.ts';

export interface Pieces {
  readonly input: InstanceInput;
  readonly numbering: Numbering;
  readonly objects: Objects;
  readonly pools: Pools;
  readonly drafts: ReadonlyMap<object, ProcDraft>;
  readonly threads: readonly ThreadDraft[];
  readonly setup: number | null;
  readonly mirrors: readonly MirrorDraft[];
  /** What the scenario itself can name. */
  readonly scope: Scope;
  readonly counting: CountingWorlds;
  readonly expectations: readonly Expectation[];
  readonly invariants: readonly Invariant[];
  readonly unreached: Program['unreached'];
  readonly restriction: Restriction | null;
  readonly allowed: ReadonlySet<string>;
  readonly checks: Program['checks'];
}
