// SPDX-License-Identifier: MIT
/**
 * Medians of whole runs, in milliseconds of the processor: our own and that of the processes we start.
 * Other work on the machine disturbs it less than the time on the wall, and one thread alone shows the same.
 *
 * No benchmark library: those measure functions of microseconds, in one process and many thousand times;
 * here a run is a search of seconds or a process of its own.
 */

import { readFileSync } from 'node:fs';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('a median of nothing');
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper;
  return (lower + upper) / 2;
}

export interface Timed<T> {
  readonly result: T;
  readonly ms: number;
}

/** Linux counts the time of finished children in hundredths of a second. */
const MS_PER_TICK = 10;

/** Milliseconds of children that have ended, or null where the system does not say. */
function childrenMs(): number | null {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The name may hold blanks; behind it, the 14th and 15th field are user and system time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return MS_PER_TICK * (Number(fields[13]) + Number(fields[14]));
  } catch {
    return null;
  }
}

function processorMs(): number | null {
  const children = childrenMs();
  if (children === null) return null;
  const { user, system } = process.cpuUsage();
  return children + (user + system) / 1000;
}

/** What the times are of, in words. */
export const clock = (): string =>
  childrenMs() === null ? 'on the wall' : 'of the processor, user and system';

/** Runs something once. */
export async function timed<T>(run: () => T | Promise<T>): Promise<Timed<T>> {
  const before = processorMs();
  const start = performance.now();
  const result = await run();
  const after = processorMs();
  const wall = performance.now() - start;
  return { result, ms: before === null || after === null ? wall : after - before };
}

/** Runs something several times; the result of the last. */
export async function medianOf<T>(runs: number, run: () => T | Promise<T>): Promise<Timed<T>> {
  let last = await timed(run);
  const all = [last.ms];
  while (all.length < runs) {
    last = await timed(run);
    all.push(last.ms);
  }
  return { result: last.result, ms: median(all) };
}
