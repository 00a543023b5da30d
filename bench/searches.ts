// SPDX-License-Identifier: MIT
/** Searches of the same models by SPIN and by us. Counts must be equal, or nothing is reported. */

import type { Program } from '@hmmlab/runtime/program';
import { createSearch } from '@hmmlab/runtime';
import type { SpinResult } from '../tools/promela/spin.ts';
import { compileVerifier } from '../tools/promela/spin.ts';
import {
  EXTRA_STATES,
  EXTRA_TRANSITIONS,
  toPromela,
  translate,
} from '../tools/promela/translate.ts';
import { median, medianOf, timed } from './measure.ts';
import type { Row } from './models.ts';
import { programOf, textOf } from './models.ts';
import type { Strategy } from './strategies.ts';

export interface Measured {
  readonly model: string;
  /** `SPIN by hand`, `SPIN translated`, or a strategy of ours. */
  readonly by: string;
  readonly states: number;
  readonly transitions: number;
  /** The search alone. */
  readonly searchMs: number;
  /** Until every state is known; a counterexample that is sought afterwards is not in it. */
  readonly firstPassMs: number;
  /** From text to verdict: with SPIN's generator and the C compiler, or with our front end. */
  readonly endToEndMs: number;
  readonly bytesPerState: number;
}

const GCC = ['gcc', '-O2'] as const;

/** What SPIN counts before a hand-written model's first transition: the first state. */
const FIRST = 1;

interface SpinModel {
  readonly by: string;
  readonly text: () => string;
  readonly options: readonly string[];
  readonly extra: { readonly states: number; readonly transitions: number };
}

/** SPIN's fastest way with a model, by hand or translated. The slower one is run once. */
export async function measureSpin(row: Row, runs: number): Promise<Measured> {
  const program = programOf(row);
  const models = spinModels(row, program);
  const once: Measured[] = [];
  for (const model of models) once.push(await runSpin(row.name, model, 1, null));
  const states = once[0]?.states ?? 0;
  for (const { by, states: others } of once)
    if (others !== states)
      throw new Error(`${row.name}: ${by} has ${others} states, not ${states}`);
  const [best] = once.toSorted((a, b) => a.searchMs - b.searchMs);
  const model = models.find(({ by }) => by === best?.by);
  if (model === undefined) throw new Error('no model for SPIN');
  return runSpin(row.name, model, runs, states);
}

function spinModels({ twin }: Row, program: Program): readonly SpinModel[] {
  const translated: SpinModel = {
    by: 'SPIN translated',
    text: () => toPromela([translate(program)]),
    options: ['-o1', '-o2', '-o3'],
    extra: { states: EXTRA_STATES, transitions: EXTRA_TRANSITIONS },
  };
  if (twin === null) return [translated];
  const byHand: SpinModel = {
    by: 'SPIN by hand',
    text: () => textOf(twin.file),
    options: twin.options,
    extra: { states: 0, transitions: FIRST },
  };
  return [byHand, translated];
}

/** @param states how many there are, for a hash table and a stack that fit; null if nobody knows yet */
async function runSpin(
  name: string,
  { by, text, options, extra }: SpinModel,
  runs: number,
  states: number | null,
): Promise<Measured> {
  const model = text();
  const tableBits = states === null ? 20 : Math.max(14, Math.ceil(Math.log2(states)));
  const maxDepth = states === null ? 5_000_000 : states + 100;
  const build = await medianOf(runs, async () => {
    const verifier = await compileVerifier(model, GCC, options);
    verifier.remove();
  });
  const verifier = await compileVerifier(model, GCC, options);
  try {
    const { result, ms } = await medianOf<SpinResult>(runs, () =>
      verifier.run({ maxDepth, tableBits }),
    );
    return {
      model: name,
      by,
      states: result.states - extra.states,
      transitions: result.transitions - extra.transitions,
      searchMs: ms,
      firstPassMs: ms,
      endToEndMs: build.ms + ms,
      bytesPerState: result.stateBytes / result.states,
    };
  } finally {
    verifier.remove();
  }
}

/** One of our strategies, or null if the model is too large for it. */
export async function measureOurs(
  row: Row,
  strategy: Strategy,
  spin: Measured,
  runs: number,
): Promise<Measured | null> {
  if (spin.states > strategy.mostStates) return null;
  const searches: number[] = [];
  const firstPasses: number[] = [];
  const { result, ms } = await medianOf(runs, async () => {
    const program = programOf(row);
    const search = await timed(() => explore(program, strategy));
    searches.push(search.ms);
    firstPasses.push(search.result.firstPassMs);
    return search.result;
  });
  if (result.states !== spin.states || result.transitions !== spin.transitions)
    throw new Error(
      `${row.name}: ${strategy.name} has ${result.states} states and ${result.transitions} transitions, SPIN ${spin.states} and ${spin.transitions}`,
    );
  const searchMs = median(searches);
  const firstPassMs = median(firstPasses);
  return { model: row.name, by: strategy.name, ...result, searchMs, firstPassMs, endToEndMs: ms };
}

/** Transitions between two looks at the clock. */
const SLICE = 10_000;

function explore(
  program: Program,
  { options }: Strategy,
): Pick<Measured, 'states' | 'transitions' | 'bytesPerState' | 'firstPassMs'> {
  const before = process.cpuUsage();
  const search = createSearch(program, options);
  let [bytes, transitions, firstPassMs] = [0, -1, 0];
  let isFirstPass = true;
  for (let done = false; !done;) {
    done = search.advance(SLICE);
    const { progress } = search;
    bytes = Math.max(bytes, progress.bytes);
    if (!isFirstPass) continue;
    const { user, system } = process.cpuUsage(before);
    firstPassMs = (user + system) / 1000;
    // What comes next begins anew, or takes no transitions; the slice that it began in still counts.
    isFirstPass = progress.transitions > transitions;
    transitions = progress.transitions;
  }
  const { coverage } = search.verdict();
  const { states } = coverage;
  return { states, transitions: coverage.transitions, bytesPerState: bytes / states, firstPassMs };
}
