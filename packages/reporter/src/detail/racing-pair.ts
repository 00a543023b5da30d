// SPDX-License-Identifier: MIT
/**
 * The racing pair: two dependent steps of different threads that come in one order in the failing
 * schedule and in the other in the passing one.
 *
 * A statement is the same in both schedules if its thread is at it for the same time. Of several pairs
 * one about the finding's own objects is shown, then the one that the failing schedule begins first.
 */

import type { Trace, TraceStep } from '@hmmlab/runtime';
import type { Finding, Program } from '@hmmlab/runtime/program';
import type { Choice, Moment, RacingPair, Wait } from '../report.ts';
import { stepText } from '../diff/step-text.ts';
import { conflicts, isPart } from './footprint.ts';
import { momentOf } from './moment.ts';
import { orderText } from './order-text.ts';

/** Both schedules, replayed, and what the finding is about. */
export interface Compared {
  readonly program: Program;
  readonly finding: Finding;
  readonly failing: Trace;
  readonly passing: Trace;
  /** Steps that both begin with. */
  readonly common: number;
  readonly waits: readonly Wait[];
}

/** Later steps than this are not compared: all pairs of them are looked at. */
const FAR = 1_000;

interface Pair {
  /** Index in the failing schedule of the step that comes first there, and of the other one if it comes at all. */
  readonly first: number;
  readonly second: number | null;
  /** Index in the passing schedule of the step that comes first there. */
  readonly other: number;
  readonly objects: readonly string[];
}

/** Where each statement of each thread stands in a schedule: `thread, place, time round` -> index. */
function occurrences(steps: readonly TraceStep[]): readonly string[] {
  const times = new Map<string, number>();
  return steps.map(({ thread, span, within, environment }) => {
    const place = JSON.stringify([thread, environment, within, span.file, span.line, span.column]);
    const time = times.get(place) ?? 0;
    times.set(place, time + 1);
    return `${time} ${place}`;
  });
}

/** Pairs that the two schedules take in different orders, by their steps in the passing one. */
function invertedPairs({ failing, passing, common }: Compared): readonly Pair[] {
  const places = new Map(occurrences(failing.steps).map((name, index) => [name, index]));
  const names = occurrences(passing.steps);
  const found: Pair[] = [];
  for (let later = common; later < Math.min(passing.steps.length, common + FAR); later += 1) {
    const first = places.get(names[later] ?? '');
    const laterStep = passing.steps[later];
    if (first === undefined || laterStep === undefined) continue;
    for (let other = common; other < later; other += 1) {
      const otherStep = passing.steps[other];
      if (otherStep === undefined || otherStep.thread === laterStep.thread) continue;
      const second = places.get(names[other] ?? '') ?? null;
      if (second !== null && second < first) continue;
      const objects = conflicts(laterStep, otherStep);
      if (objects.length > 0) found.push({ first, second, other, objects });
    }
  }
  return found;
}

/** What a misused lock is about is not the lock: whoever comes first to it is no reason. */
const ABOUT_A_THREAD = /^(?:unlock|lock|sleep|block)_/;

function isCentral({ name, object, waiting }: Finding, pair: Pair): boolean {
  const own = object === null || ABOUT_A_THREAD.test(name) ? [] : [object];
  const about = [...waiting.map((each) => each.object), ...own];
  return pair.objects.some((each) => about.some((whole) => isPart(each, whole)));
}

/** The pair to be shown, or null if no two steps change places. */
export function racingPair(compared: Compared): RacingPair | null {
  const { program, finding, failing, passing } = compared;
  const never = failing.steps.length;
  const rank = (pair: Pair): readonly number[] => [
    isCentral(finding, pair) ? 0 : 1,
    pair.first,
    pair.second ?? never,
    pair.other,
  ];
  const [best] = invertedPairs(compared).toSorted((a, b) => compareRanks(rank(a), rank(b)));
  const firstStep = best === undefined ? undefined : failing.steps[best.first];
  if (best === undefined || firstStep === undefined) return null;
  const first = momentOf(program, failing, firstStep, best.first, best.first + 1);
  const second = secondMoment(compared, passing, best);
  if (second === null) return null;
  return {
    first,
    second,
    objects: best.objects,
    order: orderText(first, second, best.objects, compared.waits),
  };
}

function secondMoment(
  { program, failing }: Compared,
  passing: Trace,
  { second, other }: Pair,
): Moment | null {
  const step = second === null ? passing.steps[other] : failing.steps[second];
  if (step === undefined) return null;
  if (second === null) return momentOf(program, passing, step, other, null);
  return momentOf(program, failing, step, second, second + 1);
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** Where the schedules part at one thread that goes on in two ways; else null. */
export function choiceOf({ program, failing, passing, common }: Compared): Choice | null {
  const here = failing.steps[common];
  const there = passing.steps[common];
  if (here === undefined || there === undefined || here.thread !== there.thread) return null;
  const thread = program.threads[here.thread]?.name ?? '?';
  return { thread, here: stepText(here), there: stepText(there) };
}
