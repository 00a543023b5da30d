// SPDX-License-Identifier: MIT
/** Why a state is stuck: the cycles of its wait-for graph, and the threads that no cycle explains. */

import type { Blocked } from './waiting.ts';

type ByThread = ReadonlyMap<number, Blocked>;

/**
 * One cycle for each set of threads that wait for each other, then by lowest thread; a thread that
 * waits for itself is a cycle of its own, whatever else it waits for. A cycle begins with its lowest thread.
 *
 * @param blocked all threads that cannot go on; edges to others lead nowhere
 */
export function findCycles(blocked: readonly Blocked[]): readonly (readonly Blocked[])[] {
  const themselves = blocked.filter(({ thread, waitsFor }) => waitsFor.includes(thread));
  const others = blocked.map(withoutItself);
  const byThread: ByThread = new Map(others.map((entry) => [entry.thread, entry]));
  const cycles: (readonly Blocked[])[] = themselves.map((entry) => [entry]);
  const known = new Set<number>();
  for (const entry of others) {
    if (known.has(entry.thread) || !reachable(entry, byThread).has(entry.thread)) continue;
    const knot = others.filter((other) => waitForEachOther(entry, other, byThread));
    for (const { thread } of knot) known.add(thread);
    cycles.push(shortestCycle(entry, byThread));
  }
  return cycles;
}

/** Those of `blocked` that wait for none of `causes`, directly or through others, and are none. */
export function unexplained(
  blocked: readonly Blocked[],
  causes: readonly Blocked[],
): readonly Blocked[] {
  const byThread: ByThread = new Map(blocked.map((entry) => [entry.thread, entry]));
  const named = new Set(causes.map(({ thread }) => thread));
  return blocked.filter((entry) => {
    const waitedFor = reachable(entry, byThread);
    return !named.has(entry.thread) && ![...named].some((thread) => waitedFor.has(thread));
  });
}

function withoutItself(entry: Blocked): Blocked {
  return { ...entry, waitsFor: entry.waitsFor.filter((thread) => thread !== entry.thread) };
}

function waitForEachOther(a: Blocked, b: Blocked, byThread: ByThread): boolean {
  return reachable(a, byThread).has(b.thread) && reachable(b, byThread).has(a.thread);
}

/** Blocked threads that `start` waits for over one edge or more. */
function reachable(start: Blocked, byThread: ByThread): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [...start.waitsFor];
  for (let thread = open.pop(); thread !== undefined; thread = open.pop()) {
    const entry = byThread.get(thread);
    if (entry === undefined || seen.has(thread)) continue;
    seen.add(thread);
    open.push(...entry.waitsFor);
  }
  return seen;
}

/** A shortest way from `start` back to it, which must exist; breadth first, in the order of waiting. */
function shortestCycle(start: Blocked, byThread: ByThread): readonly Blocked[] {
  const seen = new Set<number>();
  const paths: (readonly Blocked[])[] = [[start]];
  for (const path of paths) {
    for (const thread of path.at(-1)?.waitsFor ?? []) {
      if (thread === start.thread) return path;
      const entry = byThread.get(thread);
      if (entry === undefined || seen.has(thread)) continue;
      seen.add(thread);
      paths.push([...path, entry]);
    }
  }
  throw new Error(`no cycle through thread ${start.thread}`);
}
