// SPDX-License-Identifier: MIT
/** What all parts of one program's model share. */

import type { Program } from '@hmmlab/runtime/program';
import type { Labels } from './body.ts';
import { Frames } from './frames.ts';
import type { Memory } from './memory.ts';
import { layOut } from './memory.ts';
import { Places } from './places.ts';
import { Untranslatable } from './untranslatable.ts';

/** Wake-ups that a thread has missed are one bit of a byte. */
const MOST_SLEEPERS = 8;

export class Model {
  readonly program: Program;
  readonly memory: Memory;
  readonly frames: Frames;
  readonly places: Places = new Places();
  readonly labels: Labels;
  /** A sleep without a test before it remembers the wake-ups since the last one. */
  readonly tracksMissed: boolean;
  readonly usesNonBlock: boolean;
  /** Whether there is ever an object in a pool. */
  readonly allocates: boolean;

  constructor(program: Program, labels: Labels) {
    refuse(program);
    this.program = program;
    this.labels = labels;
    this.memory = layOut(program);
    this.frames = new Frames(program);
    const instructions = program.procs.flatMap(({ code }) => code);
    this.tracksMissed = instructions.some(
      (one) =>
        one.op === 'primitive' &&
        one.condition === undefined &&
        (one.name === 'sleep_on' || one.name.startsWith('schedule')),
    );
    this.allocates = instructions.some(({ op }) => op === 'alloc' || op === 'scope-begin');
    if (this.tracksMissed && program.threads.length > MOST_SLEEPERS)
      throw new Untranslatable('sleeps of so many threads');
    this.usesNonBlock = instructions.some(
      (one) => one.op === 'primitive' && one.name === 'non_block_start',
    );
  }

  get waitQueues(): readonly number[] {
    return this.compoundsOf('wait_queue');
  }

  /** Numbers of the compound cells of a kind. */
  compoundsOf(kind: string): readonly number[] {
    const { cells, compounds } = this.memory;
    return [...compounds.keys()].filter((k) => cells[compounds[k] ?? 0]?.type.kind === kind);
  }

  /** One condition for each lock of which it says that the thread holds it. */
  locksHeldBy(thread: number): readonly string[] {
    const { length } = this.program.threads;
    const owned = ['mutex', 'spinlock', 'rwsem'].flatMap((kind) => this.compoundsOf(kind));
    return owned.map((k) => {
      const own = `own[${k}] == ${thread + 1}`;
      const isRwsem = this.compoundsOf('rwsem').includes(k);
      return isRwsem ? `${own} || rd[${k * (length + 1) + thread}] > 0` : own;
    });
  }

  /** When a thread stands at this primitive. */
  placesOf(thread: number, name: string): string {
    const here = this.places.inThread(thread).filter(({ frame, pc }) => {
      const instruction = frame.proc.code[pc];
      return instruction?.op === 'primitive' && instruction.name === name;
    });
    return here.map(({ number }) => `at[${thread}] == ${number}`).join(' || ') || 'false';
  }
}

/** @throws Untranslatable for what would change which ends are stuck, or is about devices */
function refuse(program: Program): void {
  const { environment, threads, mirrors, pools, structs, objects, checks, restriction } = program;
  if (restriction !== undefined) throw new Untranslatable('bounds');
  if (environment.signals) throw new Untranslatable('signals');
  if (environment.spuriousWakeups) throw new Untranslatable('spurious wake-ups');
  if (threads.some(({ kind }) => kind !== 'task')) throw new Untranslatable('daemons and workers');
  if (mirrors.length > 0) throw new Untranslatable('device tables');
  if (checks.includes('data_race')) throw new Untranslatable('data races');
  const guards =
    structs.some(({ cells }) => cells.some(({ guard }) => guard !== undefined)) ||
    objects.some(({ type }) => type.kind === 'cell' && type.guard !== undefined);
  if (guards) throw new Untranslatable('guarded variables');
  for (const { lifetime, struct } of pools) {
    const leads = structs[struct]?.cells.some(({ type }) => type.kind === 'ref') === true;
    if (lifetime === 'heap' && leads) throw new Untranslatable('pointers in objects of a pool');
  }
}
