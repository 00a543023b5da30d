// SPDX-License-Identifier: MIT
/** How fast text becomes a syntax tree and checked Programs: many files as large as one may be, and one of ordinary size once warm. */

import { compile, parse } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { medianOf, timed } from './measure.ts';
import { root } from './models.ts';

export interface FrontEnd {
  readonly parsedMegabytes: number;
  readonly parseMegabytesPerSecond: number;
  readonly checkedMegabytes: number;
  /** Parse, check and compile together. */
  readonly compileMegabytesPerSecond: number;
  readonly lines: number;
  /** Parse, check and compile a file of `lines` lines, warm. */
  readonly fileMs: number;
}

/** Some 200 lines. */
const SMALL_FILE = 8500;

/** A scenario of ten lines, as a file has them; every one has another name and other numbers. */
function scenario(i: number): string {
  return `/// Two threads take two locks, in one order or the other; number ${i}.
scenario "order ${i}" for swapped in [false, true] {
  mutex a, b
  int count in 0..${(i % 7) + 2}

  thread A { mutex_lock a; mutex_lock b; count++; mutex_unlock b; mutex_unlock a }
  thread B if !swapped { mutex_lock a; mutex_lock b; count++; mutex_unlock b; mutex_unlock a }
  thread C if swapped  { mutex_lock b; mutex_lock a; count++; mutex_unlock a; mutex_unlock b }
  expect deadlock  if swapped
}
`;
}

function textOf(bytes: number): string {
  const parts: string[] = [];
  for (let size = 0, i = 0; size < bytes; i++) {
    const part = scenario(i);
    parts.push(part);
    size += part.length;
  }
  return parts.join('\n');
}

/** About 340,000 of the 500,000 tokens that a file may have. */
const LARGEST_FILE = 1e6;

/** Less than 1,000 scenarios of two instances each: a file may have 2,000. */
const MOST_INSTANCES = 4e5;

/** @param megabytes what the parser gets, in files that are as large as one may be */
export async function measureFrontEnd(megabytes: number): Promise<FrontEnd> {
  const host = createNodeHost({ root });
  const large = textOf(LARGEST_FILE);
  const parsed = await timed(() => {
    for (let i = 0; i < megabytes; i++) {
      const [problem] = parse(large, `large-${i}.hmm`).diagnostics;
      if (problem !== undefined) throw new Error(`the generated file: ${problem.message}`);
    }
  });
  const scenarios = textOf(MOST_INSTANCES);
  const compiled = await timed(() => compile(scenarios, 'scenarios.hmm', host));
  const [problem] = compiled.result.diagnostics.filter(({ severity }) => severity === 'error');
  if (problem !== undefined) throw new Error(`the generated file: ${problem.message}`);
  const small = textOf(SMALL_FILE);
  const compileSmall = (): void => void compile(small, 'small.hmm', host);
  await medianOf(20, compileSmall);
  const file = await medianOf(20, compileSmall);
  return {
    parsedMegabytes: (megabytes * large.length) / 1e6,
    parseMegabytesPerSecond: (megabytes * large.length) / 1e3 / parsed.ms,
    checkedMegabytes: scenarios.length / 1e6,
    compileMegabytesPerSecond: scenarios.length / 1e3 / compiled.ms,
    lines: small.split('\n').length,
    fileMs: file.ms,
  };
}
