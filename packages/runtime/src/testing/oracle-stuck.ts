// SPDX-License-Identifier: MIT
/** Names what keeps a stuck state stuck: every lost wake-up, self-deadlock and cycle, and waits without a cause. */

import type { Op } from './oracle-program.ts';
import type { SimProgram, SimState } from './oracle-state.ts';
import { at } from './oracle-state.ts';

type Call = Extract<Op, { kind: 'call' }>;

/** Findings of a state in which no thread can go on; none if all have finished. */
export function stuckFindings(program: SimProgram, state: SimState): readonly string[] {
  const stuck = state.threads.flatMap(({ todo }, i) => (todo.length > 0 ? [i] : []));
  const waitsFor = new Map(stuck.map((thread) => [thread, waitedFor(program, state, thread)]));
  const lost = stuck.filter((thread) => isLost(program, state, thread));
  const selves = stuck.filter((thread) => waitsFor.get(thread)?.includes(thread));
  const others = (thread: number): readonly number[] =>
    (waitsFor.get(thread) ?? []).filter((other) => other !== thread);
  const inCycles = stuck.filter((thread) => leadsTo(others, others(thread), [thread]));
  const causes = [...lost, ...selves, ...inCycles];
  const unexplained = stuck.filter((thread) => !leadsTo(others, [thread], causes));
  return [
    ...(lost.length > 0 ? ['lost_wakeup'] : []),
    ...(selves.length > 0 ? ['self_deadlock'] : []),
    ...(inCycles.length + unexplained.length > 0 ? ['deadlock'] : []),
  ];
}

/** Whether some way from `from` meets one of `targets`. */
function leadsTo(
  next: (thread: number) => readonly number[],
  from: readonly number[],
  targets: readonly number[],
): boolean {
  let met = new Set(from);
  for (;;) {
    if (targets.some((thread) => met.has(thread))) return true;
    const more = new Set([...met, ...[...met].flatMap(next)]);
    if (more.size === met.size) return false;
    met = more;
  }
}

function nextOp(program: SimProgram, state: SimState, thread: number): Op {
  return at(program.ops, at(at(state.threads, thread).todo, 0)[0]);
}

function isLost(program: SimProgram, state: SimState, thread: number): boolean {
  const op = nextOp(program, state, thread);
  if (op.kind === 'wait-event') return at(state.cells, op.cell) === op.equals;
  return op.kind === 'call' && op.name === 'sleep_on' && at(state.threads, thread).missed;
}

function waitedFor(program: SimProgram, state: SimState, thread: number): readonly number[] {
  const op = nextOp(program, state, thread);
  if (op.kind !== 'call') return [];
  if (op.name.startsWith('mutex')) return ownerOrQueue(at(state.mutexes, op.on), thread);
  if (op.name.startsWith('spin')) return ownerOrQueue(at(state.spinlocks, op.on), thread);
  return op.name.startsWith('down') ? rwsemWaitedFor(state, thread, op) : [];
}

function ownerOrQueue(
  { owner, waiting }: { readonly owner: number | null; readonly waiting: readonly number[] },
  thread: number,
): readonly number[] {
  return owner === null ? waiting.slice(0, waiting.indexOf(thread)) : [owner];
}

function rwsemWaitedFor(state: SimState, thread: number, op: Call): readonly number[] {
  const { writer, readers, writers, waiting } = at(state.rwsems, op.on);
  if (writer !== null) return [writer];
  if (writers.includes(thread) && readers.length > 0) return readers;
  return waiting.slice(0, waiting.indexOf(thread));
}
