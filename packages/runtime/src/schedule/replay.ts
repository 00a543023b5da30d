// SPDX-License-Identifier: MIT
/** Takes a schedule step by step and writes down what happens. */

import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Program } from '../program/index.ts';
import { decodeSchedule } from './codec.ts';
import { replayOn } from './replay-on.ts';
import type { Replay } from './trace.ts';

/** Replays the text form of a schedule. Every error is one of HMM6001 to HMM6004; never throws for one. */
export function replay(program: Program, text: string): Replay {
  const decoded = decodeSchedule(program, text);
  switch (decoded.kind) {
    case 'error':
      return decoded;
    case 'schedule':
      return replayOn(createInterpreter(program), decoded.schedule);
  }
}
