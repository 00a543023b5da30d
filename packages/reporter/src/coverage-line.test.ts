// SPDX-License-Identifier: MIT
import type { Coverage, Verdict } from '@hmmlab/runtime/program';
import { expect, test } from 'vitest';
import { coverageLine } from './coverage-line.ts';

const coverage: Coverage = {
  strategy: 'traces',
  states: 1536,
  transitions: 1535,
  maxDepth: 9,
  exhaustive: true,
  bounds: [],
  finalStates: 256,
};

const verdict: Verdict = {
  kind: 'holds',
  why: null,
  assumptions: [],
  notChecked: ['livelock'],
  coverage,
  findings: [],
  problems: [],
  reached: [],
  hidden: [],
  outcome: 'passed',
};

test.each([
  [256, true, null, '1,535 transitions, all 256 inequivalent schedules; not checked: livelock'],
  [1, true, null, '1,535 transitions, the only inequivalent schedule; not checked: livelock'],
  [
    2_000,
    false,
    'state-limit',
    '1,535 transitions, 2,000 inequivalent schedules, not all (state-limit); not checked: livelock',
  ],
])('%d traces', (traces, exhaustive, why, line) => {
  const of = { ...verdict, why, coverage: { ...coverage, traces, exhaustive } };
  expect(coverageLine(of)).toBe(line);
});
