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

function extent({ why, coverage }: Verdict): string {
  const bounds = coverage.bounds.join(', ');
  if (coverage.exhaustive) return 'all schedules';
  if (why === 'bounded') return `all schedules within ${bounds}`;
  if (why === 'sampled') return `some schedules within ${bounds}`;
  const within = bounds === '' ? '' : ` within ${bounds}`;
  return `not all schedules${within}${why === null ? '' : ` (${why})`}`;
}

/** `assuming no signals; not checked: livelock`, or an empty string. */
function reservations(verdict: Verdict): string {
  const parts: string[] = [];
  if (verdict.assumptions.length > 0) parts.push(`assuming ${verdict.assumptions.join(', ')}`);
  if (verdict.notChecked.length > 0) parts.push(`not checked: ${verdict.notChecked.join(', ')}`);
  return parts.join('; ');
}

/** `412 states, 1,107 transitions, all schedules; assuming no signals; not checked: livelock`. */
export function coverageLine(verdict: Verdict): string {
  const { states, transitions } = verdict.coverage;
  const numbers = `${quantity(states, 'state')}, ${quantity(transitions, 'transition')}`;
  return [`${numbers}, ${extent(verdict)}`, reservations(verdict)].filter(Boolean).join('; ');
}
