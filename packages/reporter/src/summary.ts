// SPDX-License-Identifier: MIT
/** A whole verdict in one line. */

import type { Finding, Program, Verdict, VerdictKind } from '@hmmlab/runtime/program';
import { coverageLine } from './coverage-line.ts';
import { visible } from './render/visible.ts';

function findingText(finding: Finding): string {
  const place = finding.object === null ? '' : ` on ${finding.object}`;
  const thread = finding.thread === null ? '' : ` in ${finding.thread}`;
  return `${finding.name}${place}${thread}`;
}

function listed(items: readonly string[]): string {
  const [first = '', ...rest] = items;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

/** Everything that keeps the scenario from passing, findings first. */
function failures(verdict: Verdict): string[] {
  const findings = verdict.findings.filter((each) => each.fails && each.expectedBy === null);
  return [
    ...findings.map((each) => findingText(each)),
    ...verdict.problems.map((each) => `${each.name}: ${each.message}`),
  ];
}

function violated(verdict: Verdict): string {
  const failing = failures(verdict);
  if (failing.length > 0) return `violated: ${listed(failing)}`;
  const expected = verdict.findings.filter((each) => each.expectedBy !== null);
  return `violated as expected: ${listed(expected.map((each) => findingText(each)))}`;
}

function inconclusive(verdict: Verdict): string {
  const known = failures(verdict);
  const why = `inconclusive${verdict.why === null ? '' : ` (${verdict.why})`}`;
  if (known.length > 0) return `${why}: ${listed(known)}`;
  const bounded = verdict.why === 'bounded' || verdict.why === 'sampled';
  if (!bounded) return `${why}: nothing found so far`;
  const bounds = verdict.coverage.bounds
    .join(', ')
    .replaceAll(/ \(seed \d+\)|(?<=schedule) .*/g, '');
  const unnamed = `, but not every expectation names \`within ${bounds}\``;
  return `${why}: nothing found${verdict.outcome === 'passed' ? '' : unnamed}`;
}

function holds(verdict: Verdict): string {
  if (!verdict.coverage.exhaustive) return inconclusive(verdict);
  const failing = failures(verdict);
  if (failing.length > 0) return `no finding, but not as expected: ${listed(failing)}`;
  const reports = verdict.findings.filter((each) => !each.fails);
  const reported = listed(reports.map((each) => findingText(each)));
  return reports.length === 0 ? 'holds' : `holds, though ${reported}`;
}

const OPENINGS: Readonly<Record<VerdictKind, (verdict: Verdict) => string>> = {
  holds,
  violated,
  inconclusive,
  broken: ({ why }) => `broken (HMM9001), a mistake of hmmlab itself: ${why ?? 'no message'}`,
};

/**
 * The verdict in one line, of any length: `holds; 412 states, 1,107 transitions, all schedules;
 * assuming no signals`. Never says `holds` for less than every schedule.
 */
export function renderSummary(program: Program, verdict: Verdict): string {
  const world = program.profile === null ? '' : ` in ${program.profile}`;
  const opening = OPENINGS[verdict.kind](verdict);
  if (verdict.kind === 'broken') return visible(opening + world);
  return visible(`${opening}${world}; ${coverageLine(verdict)}`);
}
