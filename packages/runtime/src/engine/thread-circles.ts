// SPDX-License-Identifier: MIT
/**
 * Whether a thread can take steps for ever without passing the head of a loop that is meant, as far as its
 * own part of the state tells: a cycle of the whole graph that has such steps of a thread is a closed walk
 * of that thread from value to value of its field.
 */

import type { Outcome } from './outcome.ts';

/** One learned outcome: whose step, and the value of that thread's field before it. */
export interface Taken {
  readonly thread: number;
  readonly from: number;
  readonly outcome: Outcome;
}

/** False only if there is no closed walk. */
export function mayCircle(thread: number, taken: readonly Taken[]): boolean {
  const next = new Map<number, Set<number>>();
  for (const { thread: actor, from, outcome } of taken) {
    if (outcome.kind !== 'writes') continue;
    const written = outcome.entries.find(([field]) => field === thread);
    if (actor !== thread) {
      // What another thread's step makes of this one: where from is not known here.
      if (written !== undefined) return true;
      continue;
    }
    if (outcome.meant.includes(thread)) continue;
    const to = written === undefined ? from : written[1];
    const known = next.get(from);
    if (known === undefined) next.set(from, new Set([to]));
    else known.add(to);
  }
  return hasCycle(next);
}

/** Takes values without a way on out, again and again; what is left goes round. */
function hasCycle(next: ReadonlyMap<number, ReadonlySet<number>>): boolean {
  const before = new Map<number, number[]>();
  const open: number[] = [];
  const ways = new Map<number, number>();
  for (const [from, targets] of next) {
    const count = [...targets].filter((to) => next.has(to)).length;
    ways.set(from, count);
    if (count === 0) open.push(from);
    for (const to of targets) before.set(to, [...(before.get(to) ?? []), from]);
  }
  let left = next.size;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    left -= 1;
    for (const from of before.get(value) ?? []) {
      const count = (ways.get(from) ?? 0) - 1;
      ways.set(from, count);
      if (count === 0) open.push(from);
    }
  }
  return left > 0;
}
