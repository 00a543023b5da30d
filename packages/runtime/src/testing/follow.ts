// SPDX-License-Identifier: MIT
/** Takes one schedule of a small program by hand, choosing ways by what they are called. */

import { createInterpreter } from '../interpreter/interpreter.ts';
import type { State } from '../interpreter/state.ts';
import type { ProgramBuilder } from './program-builder.ts';
import { buildProgram } from './program-builder.ts';

export interface Follower {
  /** What the thread, or the environment on its behalf, could do next, in words. */
  readonly ways: (thread: number) => readonly string[];
  /** Takes the thread's first way whose text has `part`. */
  readonly take: (thread: number, part?: string) => void;
  readonly state: () => State;
}

/** Starts at the initial state of a program that is written here. */
export function follow(write: (builder: ProgramBuilder) => void): Follower {
  const machine = createInterpreter(buildProgram(write));
  const start = machine.initial();
  if (start.kind !== 'state') throw new Error('the program does not start');
  let { state } = start;
  const named = (thread: number) =>
    machine
      .enabled(state)
      .filter((transition) => transition.thread === thread)
      .map((transition) => ({ transition, text: machine.describe(state, transition).text }));
  return {
    ways: (thread) => named(thread).map(({ text }) => text),
    take: (thread, part = '') => {
      const way = named(thread).find(({ text }) => text.includes(part));
      if (way === undefined) throw new Error(`thread ${thread} has no way '${part}'`);
      const next = machine.step(state, way.transition);
      if (next.kind !== 'state') throw new Error(`'${way.text}' ends the schedule`);
      ({ state } = next);
    },
    state: () => state,
  };
}
