// SPDX-License-Identifier: MIT
/** From text to verdict, for each file in scenarios/ but those in bench/, which are there to be large. */

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { medianOf } from './measure.ts';
import { root, textOf } from './models.ts';
import type { Strategy } from './strategies.ts';

export interface FileTime {
  readonly file: string;
  readonly instances: number;
  /** Of all instances together. */
  readonly states: number;
  readonly ms: number;
  /** Of each instance: its own search, and its share of what the file takes to compile. */
  readonly instanceMs: readonly number[];
}

export const scenarioFiles = (): readonly string[] =>
  readdirSync(resolve(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
    .map((name) => `scenarios/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.hmm') && !name.startsWith('scenarios/bench/'))
    .toSorted();

/** Of this process, user and system. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Parses, checks and explores one file: all instances. */
export function exploreFile(file: string, { options }: Strategy): Omit<FileTime, 'ms'> {
  const start = processorMs();
  const { scenarios } = compile(textOf(file), file, createNodeHost({ root }));
  const programs = scenarios.flatMap(({ instances }) => instances.map(({ program }) => program));
  const compileMs = processorMs() - start;
  let states = 0;
  const instanceMs = programs.map((program) => {
    const before = processorMs();
    const search = createSearch(program, options);
    while (!search.advance(100_000));
    states += search.verdict().coverage.states;
    return processorMs() - before + compileMs / programs.length;
  });
  return { file, instances: programs.length, states, instanceMs };
}

/** The slowest first. */
export async function measureFiles(strategy: Strategy, runs: number): Promise<readonly FileTime[]> {
  const times: FileTime[] = [];
  for (const file of scenarioFiles()) {
    const { result, ms } = await medianOf(runs, () => exploreFile(file, strategy));
    times.push({ ...result, ms });
  }
  return times.toSorted((a, b) => b.ms - a.ms);
}
