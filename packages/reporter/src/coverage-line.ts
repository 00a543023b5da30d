// SPDX-License-Identifier: MIT
/** How far a verdict reaches, in one line: numbers, assumptions, checks that were not made. */

import type { Verdict } from '@hmmlab/runtime/program';

/** `1,107`. */
function counted(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 state`, `1,107 states`. */
export function quantity(value: number, noun: string): string {
  return `${counted(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `all 42 inequivalent schedules`. */
function allTraces(traces: number): string {
  return traces === 1
    ? 'the only inequivalent schedule'
    : `all ${counted(traces)} inequivalent schedules`;
}

function extent({ why, coverage }: Verdict): string {
  const bounds = coverage.bounds.join(', ');
  const { traces } = coverage;
  if (coverage.exhaustive) return traces === undefined ? 'all schedules' : allTraces(traces);
  if (why === 'bounded') return `all schedules within ${bounds}`;
  if (why === 'sampled') return `some schedules within ${bounds}`;
  const within = bounds === '' ? '' : ` within ${bounds}`;
  if (traces !== undefined) {
    return `${quantity(traces, 'inequivalent schedule')}, not all${why === null ? '' : ` (${why})`}`;
  }
  return `not all schedules${within}${why === null ? '' : ` (${why})`}`;
}

/** `assuming no signals; not checked: livelock`, or an empty string. */
function reservations(verdict: Verdict): string {
  const parts: string[] = [];
  if (verdict.assumptions.length > 0) parts.push(`assuming ${verdict.assumptions.join(', ')}`);
  if (verdict.notChecked.length > 0) parts.push(`not checked: ${verdict.notChecked.join(', ')}`);
  return parts.join('; ');
}

/**
 * `412 states, 1,107 transitions, all schedules; assuming no signals; not checked: livelock`, or of traces
 * `1,107 transitions, all 42 inequivalent schedules`.
 */
export function coverageLine(verdict: Verdict): string {
  const { states, transitions, traces } = verdict.coverage;
  const stored = traces === undefined ? `${quantity(states, 'state')}, ` : '';
  const numbers = `${stored}${quantity(transitions, 'transition')}`;
  return [`${numbers}, ${extent(verdict)}`, reservations(verdict)].filter(Boolean).join('; ');
}
