// SPDX-License-Identifier: MIT
/** How fast text becomes a syntax tree and checked Programs: one huge file, and one of ordinary size once warm. */

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

const LINES_OF_A_FILE = 200;

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

/** @param megabytes size of the huge file for the parser, and a tenth of it for parser, checks and compiler together */
export async function measureFrontEnd(megabytes: number): Promise<FrontEnd> {
  const host = createNodeHost({ root });
  const huge = textOf(megabytes * 1e6);
  const parsed = await timed(() => parse(huge, 'huge.hmm'));
  if (parsed.result.diagnostics.length > 0) throw new Error('the generated file does not parse');
  const large = textOf(megabytes * 1e5);
  const compiled = await timed(() => compile(large, 'large.hmm', host));
  if (compiled.result.scenarios.length === 0) throw new Error('the generated file is no good');
  const small = textOf(1e5)
    .split('\n')
    .slice(0, LINES_OF_A_FILE - (LINES_OF_A_FILE % 11))
    .join('\n');
  const compileSmall = (): void => void compile(small, 'small.hmm', host);
  await medianOf(20, compileSmall);
  const file = await medianOf(20, compileSmall);
  return {
    parsedMegabytes: huge.length / 1e6,
    parseMegabytesPerSecond: huge.length / 1e3 / parsed.ms,
    checkedMegabytes: large.length / 1e6,
    compileMegabytesPerSecond: large.length / 1e3 / compiled.ms,
    lines: small.split('\n').length,
    fileMs: file.ms,
  };
}
