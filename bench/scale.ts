// SPDX-License-Identifier: MIT
/**
 * `node bench/scale.ts [--checks safety]`: twenty million states. Prints how long it took, the memory, and the longest
 * time until a caller that asks for little got control back.
 */

import { parseArgs } from 'node:util';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { root } from './models.ts';
import { figure } from './table.ts';

/** Each of four threads counts; it is in 68 places: 68^4 states. */
const HIGHEST = 33;
const THREADS = 4;

const text = `scenario "counters" {
  int x[${THREADS}] in 0..${HIGHEST}
  thread t[${THREADS}] { while (x[self] < ${HIGHEST}) { atomic { x[self]++ } } }
  invariant x[0] <= ${HIGHEST}
}`;

/** Transitions asked for at a time. */
const SLICE = 1000;

const { values } = parseArgs({ options: { checks: { type: 'string', default: 'all' } } });
const program = compile(text, 'counters.hmm', createNodeHost({ root })).scenarios[0]?.instances[0]
  ?.program;
if (program === undefined) throw new Error('no program');
const search = createSearch(program, {
  checks: values.checks === 'safety' ? 'safety' : 'all',
  maxStates: 100_000_000,
  maxBytes: 16 * 2 ** 30,
});
const start = process.cpuUsage();
let [longest, longestAt, bytes] = [0, 0, 0];
for (let done = false; !done;) {
  const before = performance.now();
  done = search.advance(SLICE);
  const ms = performance.now() - before;
  if (ms > longest) [longest, longestAt] = [ms, search.progress.states];
  bytes = Math.max(bytes, search.progress.bytes);
}
const { user, system } = process.cpuUsage(start);
const { kind, coverage } = search.verdict();
console.log(
  [
    `${kind}: ${figure(coverage.states)} states, ${figure(coverage.transitions)} transitions`,
    `${figure((user + system) / 1e6)} s of the processor, the longest slice ${figure(longest)} ms, at ${figure(longestAt)} states`,
    `${figure(bytes / coverage.states)} bytes a state, ${figure(process.resourceUsage().maxRSS / 1024)} MB at most`,
  ].join('\n'),
);
