// SPDX-License-Identifier: MIT
/** What the comment of a bench scenario says it counts: `Counted [N=3]: 12 states, ...`. */

/** Complete schedules, and those of them that end wrong. */
export interface Schedules {
  readonly all: bigint;
  readonly wrong: bigint;
}

/** Complete schedules of which none is another with independent steps exchanged. */
export interface Traces {
  readonly all: number;
  readonly wrong: number;
}

/** Schedules within the least bound at which one of them is wrong. */
export interface Bounded extends Schedules {
  readonly bound: number;
}

/** Only what is said is there; an error of null is `no error`. */
export interface Counts {
  states?: number;
  transitions?: number;
  levels?: number;
  finalStates?: number;
  deadlocks?: number;
  error?: number | null;
  schedules?: Schedules;
  traces?: Traces;
  preemptions?: Bounded;
  delays?: Bounded;
}

export interface Expected {
  /** Parameters as they are named in the instance: `N=3, ERROR=0`; empty if there are none. */
  readonly parameters: string;
  readonly deadLocals: boolean;
  readonly counts: Counts;
}

const SENTENCE = /Counted( with dead locals)?(?: \[([^\]]*)\])?: ([^.]*)\./g;

/** Everything a comment says. */
export function expectedIn(doc: string): readonly Expected[] {
  const text = doc.replaceAll(/\s+/g, ' ');
  return [...text.matchAll(SENTENCE)].map(([, kept, parameters = '', list = '']) => {
    const counts: Counts = {};
    for (const item of list.split(', ')) enter(item, counts);
    return { parameters, deadLocals: kept !== undefined, counts };
  });
}

const number = (digits = ''): number => Number(digits.replaceAll(',', ''));
const big = (digits = ''): bigint => BigInt(digits.replaceAll(',', ''));

/** @throws for what is no count: a mistake in a comment must not go unnoticed */
function enter(item: string, counts: Counts): void {
  const plain = /^([\d,]+) (state|transition|level|final state|deadlock)s?$/.exec(item);
  const bounded = /^(\d+) (preemption|delay)s?: ([\d,]+) schedules? \(([\d,]+) wrong\)$/.exec(item);
  const schedules = /^([\d,]+) schedules? \(([\d,]+) wrong\)$/.exec(item);
  const traces = /^([\d,]+) traces?(?: \(([\d,]+) wrong\))?$/.exec(item);
  const error = /^(?:no error|error after (\d+) steps?)$/.exec(item);
  if (plain !== null) counts[keyOf(plain[2])] = number(plain[1]);
  else if (schedules !== null)
    counts.schedules = { all: big(schedules[1]), wrong: big(schedules[2]) };
  else if (traces !== null)
    counts.traces = { all: number(traces[1]), wrong: number(traces[2] ?? '0') };
  else if (error !== null) counts.error = error[1] === undefined ? null : Number(error[1]);
  else if (bounded !== null) {
    const [, bound, what, all, wrong] = bounded;
    const key = what === 'delay' ? 'delays' : 'preemptions';
    counts[key] = { bound: number(bound), all: big(all), wrong: big(wrong) };
  } else throw new Error(`not a count: ${item}`);
}

function keyOf(what = ''): 'states' | 'transitions' | 'levels' | 'finalStates' | 'deadlocks' {
  switch (what) {
    case 'transition':
      return 'transitions';
    case 'level':
      return 'levels';
    case 'final state':
      return 'finalStates';
    case 'deadlock':
      return 'deadlocks';
    default:
      return 'states';
  }
}
