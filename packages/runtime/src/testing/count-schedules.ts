// SPDX-License-Identifier: MIT
/** Numbers of schedules of a graph without cycles: all of them, and those within a bound. */

import { endKind, endSet, END_KIND } from '../explore/graph.ts';
import type { StateGraph } from '../explore/graph.ts';

/** Complete schedules, and those of them that end in a finding or stuck. */
export interface ScheduleCount {
  readonly all: bigint;
  readonly wrong: bigint;
}

/** What a schedule pays for a step of `next` behind one of `last` (-1 at the beginning). */
export type Price = (enabled: readonly number[], last: number, next: number) => number;

/** One for each step that leaves a thread which could have gone on (Musuvathi and Qadeer, PLDI 2007). */
export const preemptions: Price = (enabled, last, next) =>
  last !== next && enabled.includes(last) ? 1 : 0;

/**
 * One for each thread passed over by a scheduler that stays with a thread while it can go on, and else
 * takes the next one in order of creation (Emmi, Qadeer and Rakamaric, POPL 2011).
 *
 * @param threads how many there are
 */
export function delays(threads: number): Price {
  return (enabled, last, next) => {
    const from = Math.max(last, 0);
    const distance = (thread: number): number => (thread - from + threads) % threads;
    return enabled.filter((thread) => distance(thread) < distance(next)).length;
  };
}

/** States so that every edge leads on; throws if there is a cycle. */
function inOrder(graph: StateGraph): readonly number[] {
  const incoming = new Int32Array(graph.states);
  for (let edge = 0; edge < graph.edges; edge += 1) {
    const target = graph.target(edge);
    if (target >= 0) incoming[target] = (incoming[target] ?? 0) + 1;
  }
  const order = incoming[0] === 0 ? [0] : [];
  for (const state of order) {
    for (let edge = graph.firstEdge(state); edge < graph.endEdge(state); edge += 1) {
      const target = graph.target(edge);
      if (target < 0) continue;
      const left = (incoming[target] ?? 0) - 1;
      incoming[target] = left;
      if (left === 0) order.push(target);
    }
  }
  if (order.length < graph.states) throw new RangeError('schedules of a graph with cycles');
  return order;
}

function threadsFrom(graph: StateGraph, state: number): readonly number[] {
  const threads = new Set<number>();
  for (let edge = graph.firstEdge(state); edge < graph.endEdge(state); edge += 1)
    threads.add(graph.codes.thread(graph.code(edge)));
  return [...threads];
}

/** Whether a state without a way on is a wrong end. */
function isWrong(entry: number): boolean {
  return endKind(entry) === END_KIND.stuck || endSet(entry) !== 0;
}

/** Numbers of schedules that have led somewhere: by the thread that ran last, by what they paid. */
type Arrivals = Map<number, bigint[]>;

/**
 * Complete schedules of a graph whose steps are all threads' own.
 *
 * @param bound only those that pay no more than this
 * @throws RangeError if the graph has a cycle
 */
export function countSchedules(
  graph: StateGraph,
  price: Price = () => 0,
  bound = 0,
): ScheduleCount {
  const ends = graph.ends();
  const arrivals = new Map<number, Arrivals>([[0, new Map([[-1, [1n]]])]]);
  let [all, wrong] = [0n, 0n];
  const end = (number: bigint, isBad: boolean): void => {
    all += number;
    if (isBad) wrong += number;
  };
  for (const state of inOrder(graph)) {
    const here: Arrivals = arrivals.get(state) ?? new Map<number, bigint[]>();
    arrivals.delete(state);
    const enabled = threadsFrom(graph, state);
    for (const [last, numbers] of here) {
      for (const [paid, number = 0n] of numbers.entries()) {
        if (enabled.length === 0) end(number, isWrong(ends[state] ?? 0));
        for (let edge = graph.firstEdge(state); edge < graph.endEdge(state); edge += 1) {
          const next = graph.codes.thread(graph.code(edge));
          const total = paid + price(enabled, last, next);
          if (total > bound) continue;
          const target = graph.target(edge);
          if (target < 0) end(number, true);
          else arrive(arrivals, target, { last: next, paid: total, number });
        }
      }
    }
  }
  return { all, wrong };
}

interface Arrival {
  readonly last: number;
  readonly paid: number;
  readonly number: bigint;
}

function arrive(
  arrivals: Map<number, Arrivals>,
  state: number,
  { last, paid, number }: Arrival,
): void {
  const there: Arrivals = arrivals.get(state) ?? new Map<number, bigint[]>();
  arrivals.set(state, there);
  const numbers = there.get(last) ?? [];
  there.set(last, numbers);
  while (numbers.length <= paid) numbers.push(0n);
  numbers[paid] = (numbers[paid] ?? 0n) + number;
}
