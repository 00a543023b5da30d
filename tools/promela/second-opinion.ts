// SPDX-License-Identifier: MIT
/** Programs explored by SPIN and by us, and where the two disagree. */

import type { Program, Verdict } from '@hmmlab/runtime/program';
import { createSearch } from '@hmmlab/runtime';
import { Labels } from './body.ts';
import { findingNames } from './findings.ts';
import { SOMETIMES } from './judge.ts';
import type { SpinResult } from './spin.ts';
import { compileVerifier, quickCompiler } from './spin.ts';
import type { Translation } from './translate.ts';
import { EXTRA_STATES, EXTRA_TRANSITIONS, toPromela, translate } from './translate.ts';
import { Untranslatable } from './untranslatable.ts';

/** What both can tell about a program. */
export interface Opinion {
  readonly states: number;
  readonly transitions: number;
  /** Names, sorted; what leads into a stuck state is only `stuck`. */
  readonly findings: readonly string[];
  /** `sometimes` conditions that no final state fulfils; null if there is no final state. */
  readonly unfulfilled: number | null;
}

export interface Disagreement {
  readonly program: Program;
  readonly index: number;
  readonly strategy: Strategy;
  readonly ours: Opinion;
  readonly spin: Opinion;
}

export interface SecondOpinion {
  readonly disagreements: readonly Disagreement[];
  /** What was not compared: what has no translation by its name, or `too many states`. By index. */
  readonly leftOut: ReadonlyMap<number, string>;
  readonly states: number;
  readonly findings: ReadonlySet<string>;
}

export interface Limits {
  readonly maxStates: number;
  /** Programs in one model; more need more memory of the C compiler. */
  readonly batch: number;
}

/** Judged on cycles, or reported without ending a path: SPIN's full search of states has nothing to say there. */
const OURS_ALONE: ReadonlySet<string> = new Set(
  'livelock partial_deadlock stalled_until_timeout starvation'.split(' '),
);
/** Causes of a stuck state. */
const STUCK: ReadonlySet<string> = new Set(['deadlock', 'self_deadlock', 'lost_wakeup']);

/** Every search of ours is compared. */
const strategies = ['naive', 'exhaustive'] as const;
type Strategy = (typeof strategies)[number];

interface OurSearch {
  readonly strategy: Strategy;
  readonly verdict: Verdict;
}

interface Item {
  readonly index: number;
  readonly program: Program;
  readonly searches: readonly OurSearch[];
  readonly translation: Translation;
}

/** Asks SPIN about each program. @throws Error if SPIN, the compiler or a verifier fails */
export async function askSpin(
  programs: readonly Program[],
  { maxStates, batch }: Limits = { maxStates: 20_000, batch: 40 },
): Promise<SecondOpinion> {
  const leftOut = new Map<number, string>();
  const labels = new Labels();
  const items = programs.flatMap((program, index): Item[] => {
    const item = prepare(program, maxStates, labels);
    if (typeof item !== 'string') return [{ ...item, index, program }];
    leftOut.set(index, item);
    return [];
  });
  const batches = Array.from({ length: Math.ceil(items.length / batch) }, (_, i) =>
    items.slice(i * batch, (i + 1) * batch),
  );
  const disagreements: Disagreement[] = [];
  const queue = batches.values();
  const work = async (): Promise<void> => {
    for (const some of queue) disagreements.push(...(await compare(some)));
  };
  await Promise.all([work(), work()]);
  return {
    disagreements: disagreements.toSorted((a, b) => a.index - b.index),
    leftOut,
    states: items.reduce((sum, { searches }) => sum + statesOf(searches), 0),
    findings: new Set(
      items.flatMap(({ searches }) => searches.flatMap(({ verdict }) => oursOf(verdict).findings)),
    ),
  };
}

/** Why a program is left out, or what there is to compare. */
function prepare(
  program: Program,
  maxStates: number,
  labels: Labels,
): Pick<Item, 'searches' | 'translation'> | string {
  let translation: Translation;
  try {
    translation = translate(program, labels);
  } catch (error) {
    if (error instanceof Untranslatable) return error.what;
    throw error;
  }
  const searches = strategies.map((strategy) => {
    const search = createSearch(program, { strategy, maxStates });
    while (!search.advance(100_000));
    return { strategy, verdict: search.verdict() };
  });
  if (searches.some(({ verdict }) => verdict.why === 'state-limit')) return 'too many states';
  return { searches, translation };
}

const statesOf = (searches: readonly OurSearch[]): number =>
  searches[0]?.verdict.coverage.states ?? 0;

async function compare(items: readonly Item[]): Promise<readonly Disagreement[]> {
  const model = toPromela(items.map(({ translation }) => translation));
  const verifier = await compileVerifier(model, quickCompiler());
  try {
    const found: Disagreement[] = [];
    for (const [i, { index, program, searches }] of items.entries()) {
      const result = await verifier.run({ program: i, maxDepth: statesOf(searches) + 100 });
      for (const { strategy, verdict } of searches) {
        const ours = oursOf(verdict);
        const spin = spinsOf(result, program, ours);
        if (JSON.stringify(ours) !== JSON.stringify(spin))
          found.push({ program, index, strategy, ours, spin });
      }
    }
    return found;
  } finally {
    verifier.remove();
  }
}

function oursOf({ coverage, findings, problems, why }: Verdict): Opinion {
  const names = findings.flatMap(({ name }) => {
    if (OURS_ALONE.has(name)) return [];
    return [STUCK.has(name) ? 'stuck' : name];
  });
  const limit = why === 'pool-exhausted' ? ['limit'] : [];
  const unfulfilled = problems.filter(({ name }) => name === 'never_happens').length;
  return {
    states: coverage.states,
    transitions: coverage.transitions,
    findings: [...new Set([...names, ...limit])].toSorted(),
    unfulfilled: coverage.finalStates === 0 ? null : unfulfilled,
  };
}

function spinsOf(
  { states, transitions, found }: SpinResult,
  program: Program,
  ours: Opinion,
): Opinion {
  const fulfilled = new Set(found.filter((code) => code >= SOMETIMES));
  const asked = program.expectations.flatMap(({ kind }, i) => (kind === 'sometimes' ? [i] : []));
  const unfulfilled = asked.filter((i) => !fulfilled.has(SOMETIMES + i)).length;
  // A program that ends in its set-up has no states, and SPIN stops at a first one of its own.
  const started = ours.states > 0;
  return {
    states: started ? states - EXTRA_STATES : 0,
    transitions: started ? transitions - EXTRA_TRANSITIONS : 0,
    findings: found.flatMap((code) => findingNames[code] ?? []).toSorted(),
    unfulfilled: ours.unfulfilled === null ? null : unfulfilled,
  };
}
