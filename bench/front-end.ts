// SPDX-License-Identifier: MIT
/**
 * How fast text becomes syntax trees, and checked Programs. Checking and compiling are one pass over the tree, so
 * `hmm check` takes what the second column says. Every instance is compiled for itself, and with it whatever its
 * threads can reach of the core and drivers: a file of 10 kB with 50 instances is 50 times as much to compile.
 */

import { compile, parse, type Compilation } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { Corpus } from './corpora.ts';
import { corpora, denseText } from './corpora.ts';
import { medianOf } from './measure.ts';
import { root } from './models.ts';

/** One corpus, all files of it. */
export interface CorpusSpeed {
  readonly corpus: string;
  readonly files: number;
  readonly megabytes: number;
  readonly instances: number;
  readonly parseMegabytesPerSecond: number;
  /** Parse, check and compile together. */
  readonly compileMegabytesPerSecond: number;
}

export interface FrontEnd {
  readonly corpora: readonly CorpusSpeed[];
  readonly lines: number;
  /** Parse, check and compile a file of `lines` lines, warm. */
  readonly fileMs: number;
}

/** So long a thing is done before it is measured. */
const WARM_MS = 700;

/** @param runs of each corpus, after the first ones; the median counts */
export async function measureFrontEnd(megabytes: number, runs: number): Promise<FrontEnd> {
  const speeds: CorpusSpeed[] = [];
  for (const corpus of corpora(megabytes)) speeds.push(await speedOf(corpus, runs));
  const small = denseText(SMALL_FILE, 1);
  const host = createNodeHost({ root });
  const compileSmall = (): Compilation => compile(small, 'small.hmm', host);
  await medianOf(20, compileSmall);
  const file = await medianOf(20, compileSmall);
  return { corpora: speeds, lines: small.split('\n').length, fileMs: file.ms };
}

/** Scenarios of some 200 lines. */
const SMALL_FILE = 20;

async function speedOf({ name, files }: Corpus, runs: number): Promise<CorpusSpeed> {
  const host = createNodeHost({ root });
  const parseAll = (): void => {
    for (const { file, text } of files) refuse(parse(text, file).diagnostics);
  };
  const compileAll = (): number => {
    let instances = 0;
    for (const { file, text } of files) {
      const { scenarios, diagnostics } = compile(text, file, host);
      refuse(diagnostics);
      for (const scenario of scenarios) instances += scenario.instances.length;
    }
    return instances;
  };
  warm(parseAll);
  const parsed = await medianOf(runs, parseAll);
  warm(compileAll);
  const compiled = await medianOf(runs, compileAll);
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  return {
    corpus: name,
    files: files.length,
    megabytes: size / 1e6,
    instances: compiled.result,
    parseMegabytesPerSecond: size / 1e3 / parsed.ms,
    compileMegabytesPerSecond: size / 1e3 / compiled.ms,
  };
}

function warm(run: () => unknown): void {
  const end = performance.now() + WARM_MS;
  do run();
  while (performance.now() < end);
}

/** A text with an error would be measured in its error handling. */
function refuse(diagnostics: Compilation['diagnostics']): void {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Error(`${error.place.file}: ${error.message}`);
}
