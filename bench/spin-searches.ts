// SPDX-License-Identifier: MIT
/** SPIN's full searches of the models. */

import type { Program } from '@hmmlab/runtime/program';
import type { SpinResult, Verifier } from '../tools/promela/spin.ts';
import { compileVerifier } from '../tools/promela/spin.ts';
import {
  EXTRA_STATES,
  EXTRA_TRANSITIONS,
  toPromela,
  translate,
} from '../tools/promela/translate.ts';
import { medianOf } from './measure.ts';
import type { Measured } from './measured.ts';
import type { Row } from './models.ts';
import { programOf, textOf } from './models.ts';

const GCC = ['gcc', '-O2'] as const;

/** What SPIN counts before a hand-written model's first transition: the first state. */
const FIRST = 1;

interface SpinModel {
  readonly by: string;
  readonly text: () => string;
  readonly options: readonly string[];
  readonly extra: { readonly states: number; readonly transitions: number };
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

/** SPIN's fastest way with a model, by hand or translated. The slower one is run once, and must agree. */
export async function measureSpin(row: Row, runs: number): Promise<Measured> {
  const once: { readonly model: SpinModel; readonly measured: Measured }[] = [];
  for (const model of spinModels(row, programOf(row))) {
    once.push({ model, measured: await runSpin(row.name, model, 1, null) });
  }
  const [best, other] = once.toSorted((a, b) => a.measured.searchMs - b.measured.searchMs);
  if (best === undefined) throw new Error('no model for SPIN');
  const { states } = best.measured;
  if (other !== undefined && other.measured.states !== states)
    throw new Error(`${row.name}: ${other.model.by} has ${other.measured.states}, not ${states}`);
  return runSpin(row.name, best.model, runs, states);
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
  let verifier: Verifier | null = null;
  const build = await medianOf(runs, async () => {
    verifier?.remove();
    verifier = await compileVerifier(model, GCC, options);
    return verifier;
  });
  const { result: last } = build;
  try {
    const { result, ms } = await medianOf<SpinResult>(runs, () =>
      last.run({ maxDepth, tableBits }),
    );
    return {
      model: name,
      by,
      states: result.states - extra.states,
      transitions: result.transitions - extra.transitions,
      searchMs: ms,
      warmMs: null,
      restMs: 0,
      endToEndMs: build.ms + ms,
      bytesPerState: result.stateBytes / result.states,
      megabytes: result.megabytes,
    };
  } finally {
    last.remove();
  }
}
