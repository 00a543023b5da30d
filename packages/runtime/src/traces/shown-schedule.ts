// SPDX-License-Identifier: MIT
/** The schedule that a trace is shown by: what its end depends on, with few switches between threads. */

import type { Transition } from '../interpreter/machine.ts';
import { isSameTransition } from '../schedule/same-transition.ts';
import type { Execution } from './execution.ts';
import { areDependentByAccess } from './footprint.ts';

/** All steps of the current schedule, in the order of another one as far as that can be, then with few switches. */
export function wholeSchedule(
  execution: Execution,
  like: readonly Transition[] = [],
): Transition[] {
  return inOrder(execution, new Set(execution.steps.keys()), like);
}

/** Those steps without which the last one would be another: it can be shown without the rest. */
export function causesOfLast(execution: Execution): Transition[] {
  const kept = new Set<number>();
  const last = execution.length - 1;
  const step = execution.steps[last];
  if (step === undefined) return [];
  const clock = execution.newClock();
  for (let index = last - 1; index >= 0; index -= 1) {
    const other = execution.steps[index];
    if (other === undefined) continue;
    const isCause = areDependentByAccess(other.footprint, step.footprint);
    if (isCause) execution.join(clock, index);
    if (execution.isKnownTo(clock, index)) kept.add(index);
  }
  const before = inOrder(execution, kept, []);
  return [...before, step.way.transition];
}

/** Takes steps that come next in `like`, then a thread's for as long as there are any, then those of the next one. */
function inOrder(
  execution: Execution,
  kept: ReadonlySet<number>,
  like: readonly Transition[],
): Transition[] {
  const open = byThread(execution, kept);
  const order: Transition[] = [];
  let running = -1;
  for (let left = kept.size; left > 0; left -= 1) {
    // What comes first of each thread is all that can come next: the rest of it comes later.
    const heads = open.flatMap(([head]) => (head === undefined ? [] : [head]));
    const ready = heads.filter(
      (index) => !heads.some((other) => other !== index && execution.isBefore(other, index)),
    );
    const wanted = like[order.length];
    const isLike = (index: number): boolean => {
      const transition = execution.steps[index]?.way.transition;
      return (
        transition !== undefined && wanted !== undefined && isSameTransition(transition, wanted)
      );
    };
    const next =
      ready.find(isLike) ??
      ready.find((index) => execution.threadOf(index) === running) ??
      ready[0];
    const step = next === undefined ? undefined : execution.steps[next];
    if (next === undefined || step === undefined) throw new Error('steps that wait for each other');
    open[execution.threadOf(next)]?.shift();
    const { transition } = step.way;
    order.push(transition);
    if (transition.environment === null) running = transition.thread;
  }
  return order;
}

/** The kept steps of each thread, in order. */
function byThread(execution: Execution, kept: ReadonlySet<number>): number[][] {
  const lists: number[][] = [];
  for (const index of [...kept].toSorted((a, b) => a - b)) {
    const thread = execution.threadOf(index);
    while (lists.length <= thread) lists.push([]);
    lists[thread]?.push(index);
  }
  return lists;
}
