// SPDX-License-Identifier: MIT
/** What a change does to one instance, as text. */

import { type PlainStep, visible } from '@hmmlab/reporter';
import type { Finding } from '@hmmlab/runtime/program';
import type { Console } from '../console.ts';
import { paint } from '../paint.ts';
import type { InstanceResult } from '../run-scenario.ts';
import { compareFindings, findingText } from './compare-findings.ts';
import { type Followed, followElsewhere } from './follow-elsewhere.ts';

/** Writes to standard output; true if the change adds a finding. */
export function printComparison(
  before: InstanceResult,
  after: InstanceResult,
  { out }: Console,
): boolean {
  const { red, green, dim } = paint(out.color);
  const { removed, added, kept } = compareFindings(before.verdict, after.verdict);
  const line = (text: string): void => out.write(`${text}\n`);
  line(visible(`${before.file}  ${before.name}`));
  line(visible(`${after.file}  ${after.name}`));
  for (const finding of removed) line(green(`- ${visible(findingText(finding))}`));
  for (const finding of added) line(red(`+ ${visible(findingText(finding))}`));
  for (const finding of kept) line(`  ${visible(findingText(finding))}`);
  if (removed.length + added.length + kept.length === 0) line('  no findings');
  const [gone] = removed;
  const [fresh] = added;
  if (gone !== undefined)
    apart(gone, before, after, 'before', 'after').forEach((each) => line(dim(each)));
  else if (fresh !== undefined)
    apart(fresh, after, before, 'after', 'before').forEach((each) => line(dim(each)));
  line('');
  return added.length > 0;
}

/** The schedule of a finding that only one of the two has, and what the other makes of it. */
function apart(
  finding: Finding,
  own: InstanceResult,
  other: InstanceResult,
  mine: string,
  theirs: string,
): readonly string[] {
  const { schedule } = finding.counterexample;
  const followed = followElsewhere(own.program, other.program, schedule);
  if (followed === null) return [];
  const replayLine = `replay: hmm replay ${own.file} --scenario "${own.name}" ${schedule}`;
  return [
    `what tells them apart: the schedule to ${findingText(finding)}`,
    ...stepLines(followed, mine, theirs),
    replayLine,
  ].map((text) => visible(`    ${text}`));
}

function stepLines(
  { own, other, apart: at, end }: Followed,
  mine: string,
  theirs: string,
): string[] {
  const width = Math.max(mine.length, theirs.length);
  const same = `the first ${at} of its ${own.length} steps are the same`;
  const stepText = (step: PlainStep): string =>
    `${step.thread}  ${step.text}  ${step.file}:${step.line}`;
  const [a, b] = [own[at], other[at]];
  return [
    same,
    ...(a === undefined ? [] : [`${mine.padEnd(width)}  ${at + 1}  ${stepText(a)}`]),
    ...(b === undefined ? [] : [`${theirs.padEnd(width)}  ${at + 1}  ${stepText(b)}`]),
    `${theirs}, after ${other.length} of these steps: ${end.join('; ')}`,
  ];
}
