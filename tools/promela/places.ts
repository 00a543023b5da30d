// SPDX-License-Identifier: MIT
/** Numbers of the places where threads stand between transitions, in order of discovery; 0 is a thread's end. */

import type { Frame } from './frames.ts';

export interface Place {
  readonly frame: Frame;
  readonly pc: number;
  readonly number: number;
}

export class Places {
  readonly #byThread: Place[][] = [];
  readonly #numbers = new Map<string, number>();

  of(frame: Frame, pc: number): number {
    const key = `${frame.number} ${pc}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const places = (this.#byThread[frame.thread] ??= []);
    const number = places.length + 1;
    places.push({ frame, pc, number });
    this.#numbers.set(key, number);
    return number;
  }

  /** Grows while transitions are written. */
  inThread(thread: number): readonly Place[] {
    return (this.#byThread[thread] ??= []);
  }
}
