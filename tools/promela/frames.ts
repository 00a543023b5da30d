// SPDX-License-Identifier: MIT
/**
 * Activations of procs, one for each chain of calls: a call is written out where it stands, so that a
 * place in a thread is one number, `at[thread]`.
 */

import type { Proc, Program } from '@hmmlab/runtime/program';
import { liveLocals } from './live-locals.ts';
import { Untranslatable } from './untranslatable.ts';

/** More than this and the model would be too long for a C compiler's patience. */
const MOST_FRAMES = 600;

export interface Frame {
  /** Index among all frames of the program. */
  readonly number: number;
  /** One more than the last thread for the set-up, which runs before them. */
  readonly thread: number;
  readonly inSetUp: boolean;
  readonly procIndex: number;
  readonly proc: Proc;
  /** Index of its first local in the thread's array. */
  readonly base: number;
  readonly live: readonly ReadonlySet<number>[];
  readonly kept: ReadonlySet<number>;
  readonly caller: {
    readonly frame: Frame;
    readonly pc: number;
    readonly to: number | null;
  } | null;
}

export class Frames {
  readonly #program: Program;
  readonly #known = new Map<string, Frame>();
  /** Locals of each thread so far, and of the set-up. Frames share none, so that each has one type. */
  readonly locals: number[];

  constructor(program: Program) {
    this.#program = program;
    this.locals = [...program.threads.map(() => 0), 0];
  }

  get all(): readonly Frame[] {
    return [...this.#known.values()];
  }

  outermost(thread: number): Frame {
    const { proc = -1, observed = [] } = this.#program.threads[thread] ?? {};
    return this.#frame(`${thread}`, thread, proc, { caller: null, kept: new Set(observed) });
  }

  setUp(proc: number): Frame {
    const thread = this.#program.threads.length;
    return this.#frame('set-up', thread, proc, { caller: null, kept: new Set() });
  }

  /** The frame of a call, or null if it goes deeper than its proc declares. */
  called(frame: Frame, pc: number, callee: number, to: number | null): Frame | null {
    let active = 0;
    for (let up: Frame | null = frame; up !== null; up = up.caller?.frame ?? null)
      if (up.procIndex === callee) active++;
    if (active >= (this.#program.procs[callee]?.depth ?? 0)) return null;
    const caller = { frame, pc, to };
    const key = `${frame.number} ${pc} ${callee}`;
    return this.#frame(key, frame.thread, callee, { caller, kept: new Set() });
  }

  #frame(
    key: string,
    thread: number,
    procIndex: number,
    { caller, kept }: Pick<Frame, 'caller' | 'kept'>,
  ): Frame {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_FRAMES) throw new Untranslatable('so many chains of calls');
    const proc = this.#program.procs[procIndex];
    if (proc === undefined) throw new Error(`no proc ${procIndex}`);
    const base = this.locals[thread] ?? 0;
    this.locals[thread] = base + proc.locals.length;
    const live = liveLocals(proc, kept);
    const number = this.#known.size;
    const inSetUp = thread === this.#program.threads.length;
    const frame = { number, thread, inSetUp, procIndex, proc, base, live, kept, caller };
    this.#known.set(key, frame);
    return frame;
  }
}

/** Locals that a caller's frame keeps while the call lasts. */
export function liveInCaller({ caller }: Frame): ReadonlySet<number> {
  if (caller === null) return new Set();
  const { frame, pc, to } = caller;
  const after = frame.live[pc + 1] ?? new Set<number>();
  return new Set([...after].filter((slot) => slot !== to || frame.kept.has(slot)));
}
