// SPDX-License-Identifier: MIT
/** `node bench/search-process.ts MODEL STRATEGY TIMES`: from text to verdict, so many times, as JSON. */

import { createSearch } from '@hmmlab/runtime';
import { programOf, rows } from './models.ts';
import type { Strategy } from './strategies.ts';
import { strategies } from './strategies.ts';

export interface Found {
  readonly states: number;
  readonly transitions: number;
  readonly searchMs: number;
  readonly restMs: number;
  /** Of the search's tables, at their largest. */
  readonly bytes: number;
  /** Of this process so far, at its largest. */
  readonly megabytes: number;
}

/** Transitions between two looks at the clock. */
const SLICE = 50_000;

/** Text to verdict once. What comes after the first pass begins anew, or takes no transitions. */
function explore(program: ReturnType<typeof programOf>, { options }: Strategy): Found {
  const start = process.cpuUsage();
  const ms = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const search = createSearch(program, options);
  let [bytes, transitions, searchMs] = [0, -1, 0];
  for (let [done, isFirstPass] = [false, true]; !done;) {
    done = search.advance(SLICE);
    const { progress } = search;
    bytes = Math.max(bytes, progress.bytes);
    if (!isFirstPass) continue;
    // The slice that the rest began in still counts as search.
    searchMs = ms();
    isFirstPass = progress.transitions > transitions;
    transitions = progress.transitions;
  }
  const { coverage } = search.verdict();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const { states } = coverage;
  return {
    states,
    transitions: coverage.transitions,
    searchMs,
    restMs: ms() - searchMs,
    bytes,
    megabytes,
  };
}

const [model, name, times] = process.argv.slice(2);
const row = rows.find((one) => one.name === model);
const strategy = strategies.find((one) => one.name === name);
if (row === undefined || strategy === undefined) throw new Error(`no ${model} or no ${name}`);
const found = Array.from({ length: Number(times) }, () => explore(programOf(row), strategy));
console.log(JSON.stringify(found));
