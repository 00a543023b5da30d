// SPDX-License-Identifier: MIT
/** Wake-ups before a thread's last test are not lost on it; see wait-queue.ts. */

import type { Instruction } from '../program/index.ts';
import { opTable } from '../program/index.ts';
import type { Draft } from './draft.ts';
import { missedBy } from './state-view.ts';

/** To be called before the acting thread executes `instruction`. */
export function noteTest(draft: Draft, instruction: Instruction): void {
  if (!draft.world.tracksMissedWakeups || !isTest(instruction)) return;
  const missed = missedBy(draft.actor);
  draft.world.waitQueues.forEach((address) => {
    const value = draft.ask(address, missed) ? draft.peekCompound(address, 'wait_queue') : null;
    if (value === null) return;
    draft.poke(address, { ...value, missed: value.missed.filter((t) => t !== draft.actor) });
  });
}

/** Looks at something that other threads change: a load, or a primitive that answers without sleeping. */
function isTest(instruction: Instruction): boolean {
  if (instruction.op === 'await-any') return true;
  if (instruction.op === 'await') return instruction.condition !== null;
  if (instruction.op !== 'primitive') return instruction.op === 'load';
  const row = opTable.get(instruction.name);
  return row !== undefined && row.result !== 'none' && !row.sleeps;
}
