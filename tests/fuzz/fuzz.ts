// SPDX-License-Identifier: MIT
/** Random files of three sorts, each with the answer that it gets. */

import { GrammarText, Random, ScenarioText, mutate } from '@hmmlab/dsl/testing';
import { type Stage, checkFile } from './check-file.ts';
import { checkFormat } from './check-format.ts';

/** How texts are made: derived from the grammar, written with sense, or one of these with accidents. */
export type Sort = 'grammar' | 'sense' | 'mutant';

/** What is done and how often. */
export interface FuzzOptions {
  readonly seed: number;
  readonly files: number;
  readonly sort: Sort;
  /** One in so many of the valid files is formatted. */
  readonly formatEvery: number;
}

/** How many files got how far. */
export type Tally = Record<Stage, number>;

/** @throws Error with the text that got a wrong answer, and what is wrong */
export async function fuzz({ seed, files, sort, formatEvery }: FuzzOptions): Promise<Tally> {
  const random = new Random(seed);
  const grammar = new GrammarText(random);
  const sense = new ScenarioText(random);
  const make: Readonly<Record<Sort, () => string>> = {
    grammar: () => grammar.text(5 + random.below(9)),
    sense: () => sense.text(1 + random.below(6)),
    mutant: () => mutate(random.once(3) ? make.sense() : make.grammar(), random),
  };
  const tally: Tally = { syntax: 0, checks: 0, compiles: 0 };
  for (let i = 0; i < files; i++) {
    const text = make[sort]();
    try {
      const stage = checkFile(text);
      tally[stage]++;
      if (stage !== 'syntax' && i % formatEvery === 0)
        await checkFormat(text, random.of([100, 60, 30]));
    } catch (error) {
      throw new Error(`the answer to ${JSON.stringify(text)}`, { cause: error });
    }
  }
  return tally;
}
