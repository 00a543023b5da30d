// SPDX-License-Identifier: MIT
/** Whether anything but threads moves in a program: timeouts, signals, spurious wake-ups. */

import { primitives } from '../primitives/primitives.ts';
import type { Instruction, Program } from '../program/index.ts';

/** If not, a state in which no thread can go on by itself is an end. */
export function hasEnvironment({ environment, procs }: Program): boolean {
  if (environment.signals || environment.spuriousWakeups) return true;
  return procs.some(({ code }) => code.some(mayExpire));
}

function mayExpire(instruction: Instruction): boolean {
  return instruction.op === 'primitive' && primitives.get(instruction.name)?.timed === true;
}
