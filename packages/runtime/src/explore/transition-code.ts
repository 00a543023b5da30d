// SPDX-License-Identifier: MIT
/** A transition as one 29-bit integer: the edge table keeps two marks beside it. */

import type { Environmental, Transition } from '../interpreter/machine.ts';

const ENVIRONMENT: readonly (Environmental | null)[] = [null, 'timeout', 'signal', 'wakeup'];
const LARGEST = 2 ** 29 - 1;

/** Codes and reads transitions of a program with so many threads. */
export class TransitionCode {
  readonly threads: number;

  constructor(threads: number) {
    this.threads = threads;
  }

  /** The integer of a transition; throws for an alternative beyond what 29 bits hold. */
  of(transition: Transition): number {
    const { thread, alternative, environment } = transition;
    const code = (alternative * this.threads + thread) * 4 + ENVIRONMENT.indexOf(environment);
    if (code > LARGEST) throw new RangeError(`alternative ${alternative} is beyond the edge table`);
    return code;
  }

  /** The transition of an integer. */
  read(code: number): Transition {
    const rest = code >> 2;
    return {
      thread: this.thread(code),
      alternative: Math.floor(rest / this.threads),
      environment: ENVIRONMENT[code & 3] ?? null,
    };
  }

  thread(code: number): number {
    return (code >> 2) % this.threads;
  }
}

/** A thread's own step, not one of the environment. */
export function isOwn(code: number): boolean {
  return (code & 3) === 0;
}

/** A step that happens without a signal or a spurious wake-up: a thread's own, or a timeout. */
export function isUnforced(code: number): boolean {
  return (code & 3) <= 1;
}
