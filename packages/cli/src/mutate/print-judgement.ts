// SPDX-License-Identifier: MIT
/** What became of a mutation, as text: one line, and below it the scenario that noticed or the changed lines. */

import { visible } from '@hmmlab/reporter';
import { structuredPatch } from 'diff';
import type { Console } from '../console.ts';
import { paint } from '../paint.ts';
import type { Judgement } from './judge-mutation.ts';
import { type Mutation, mutated } from './mutation.ts';

const WORDS: Readonly<Record<Judgement['kind'], string>> = {
  caught: 'caught',
  survives: 'SURVIVES',
  inconclusive: 'UNCERTAIN',
  broken: 'does not compile',
  unused: 'runs nowhere',
};

/** Writes to standard output; nothing for a mutation that is none. */
export function printJudgement(
  mutation: Mutation,
  judgement: Judgement,
  text: string,
  shown: (file: string) => string,
  { out }: Console,
): void {
  if (judgement.kind === 'broken' || judgement.kind === 'unused') return;
  const { green, red, yellow, dim } = paint(out.color);
  const tone = { caught: green, survives: red, inconclusive: yellow }[judgement.kind];
  const { file, line, proc, says } = mutation;
  const place = `${visible(shown(file))}:${line}`;
  out.write(`${tone(WORDS[judgement.kind])}  ${place}  ${visible(`${proc}: ${says}`)}\n`);
  if (judgement.kind !== 'survives') {
    const { by } = judgement;
    const why = judgement.kind === 'caught' ? judgement.because : (by.verdict.why ?? 'cut off');
    out.write(`    ${dim(visible(`${shown(by.file)}  ${by.name}: ${why}`))}\n`);
    return;
  }
  for (const changed of changedLines(text, mutation))
    out.write(`    ${(changed.startsWith('-') ? red : green)(visible(changed))}\n`);
}

/**
 * `- old`, `+ new`, from the first line that changes to the last; of a lock, whose uses stand apart, only
 * the lines that change. What is left of a line after something was taken out is no line.
 */
function changedLines(text: string, mutation: Mutation): readonly string[] {
  const after = mutated(text, mutation);
  if (mutation.kind === 'pair') {
    const { hunks } = structuredPatch('', '', text, after, '', '', { context: 0 });
    return hunks
      .flatMap(({ lines }) => lines)
      .flatMap((line) => marked(line.slice(0, 1), line.slice(1)));
  }
  const [first, last] = [mutation.edits.at(0), mutation.edits.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = text.lastIndexOf('\n', first.start - 1) + 1;
  const to = endOfLine(text, last.end);
  const grown = after.length - text.length;
  return [
    ...text
      .slice(from, to)
      .split('\n')
      .flatMap((line) => marked('-', line)),
    ...after
      .slice(from, to + grown)
      .split('\n')
      .flatMap((line) => marked('+', line)),
  ];
}

function marked(sign: string, line: string): readonly string[] {
  return /^[\s;]*$/.test(line) ? [] : [`${sign} ${line}`];
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The last line: how many there were of each kind. */
export function printMutationCounts(
  counts: ReadonlyMap<Judgement['kind'], number>,
  left: number,
  { out }: Console,
): void {
  const count = (kind: Judgement['kind']): number => counts.get(kind) ?? 0;
  const real = count('caught') + count('survives') + count('inconclusive');
  const parts = [
    `${real} ${real === 1 ? 'mutation' : 'mutations'}: ${count('caught')} caught`,
    `${count('survives')} ${count('survives') === 1 ? 'survives' : 'survive'}`,
    ...(count('inconclusive') > 0 ? [`${count('inconclusive')} uncertain`] : []),
    ...(count('unused') > 0 ? [`${count('unused')} in code that no scenario runs`] : []),
    ...(count('broken') > 0 ? [`${count('broken')} that do not compile`] : []),
    ...(left > 0 ? [`${left} not tried`] : []),
  ];
  out.write(`${parts.join(', ')}\n`);
}
