// SPDX-License-Identifier: MIT
/** `hmm diff P Q [FILE]`: what differs between two profiles, definition by definition. */

import type { FlatDefinition, FlattenedProfile } from '@hmmlab/dsl';
import { parse } from '@hmmlab/dsl';
import * as plugin from '@hmmlab/dsl/prettier';
import { visible } from '@hmmlab/reporter';
import { structuredPatch } from 'diff';
import { format } from 'prettier';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadProfile } from '../load-profile.ts';
import { paint } from '../paint.ts';
import { sameTree } from '../same-tree.ts';

/** What is compared. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  readonly file: string | null;
}

/** Prints removed, added and changed definitions in the order of the second profile; always 0 once it has read both. */
export async function diff({ before, after, file }: Compared, console: Console): Promise<ExitCode> {
  const [old, now] = [loadProfile(before, file, console), loadProfile(after, file, console)];
  if (old === null || now === null) return 3;
  const colors = paint(console.out.color);
  const lines = (await compare(old, now)).map(visible);
  const shown = lines.map((line) =>
    line.startsWith('-') ? colors.red(line) : line.startsWith('+') ? colors.green(line) : line,
  );
  console.out.write(`${visible(`${before} -> ${after}`)}\n\n${shown.join('\n')}\n`);
  return 0;
}

async function compare(old: FlattenedProfile, now: FlattenedProfile): Promise<readonly string[]> {
  const olds = new Map(old.definitions.map((def) => [def.name, def]));
  const names = new Set(now.definitions.map(({ name }) => name));
  const lines: string[] = ruleLines(old, now);
  let same = 0;
  for (const def of old.definitions)
    if (!names.has(def.name)) lines.push(`- ${def.name}  (${placeOf(def)})`, '');
  for (const def of now.definitions) {
    const twin = olds.get(def.name);
    const changed = twin === undefined ? [] : await changedLines(twin, def);
    if (twin === undefined) lines.push(`+ ${def.name}  (${placeOf(def)})`, '');
    else if (changed.length > 0) lines.push(...changed, '');
    else same++;
  }
  return [...lines, `${same} ${same === 1 ? 'definition is' : 'definitions are'} the same`];
}

function ruleLines(old: FlattenedProfile, now: FlattenedProfile): string[] {
  const text = ({ rules }: FlattenedProfile): readonly string[] =>
    rules.map(({ name, on }) => `rule ${name} ${on ? 'on' : 'off'}`);
  const [left, right] = [text(old), text(now)];
  const lines = [
    ...left.filter((rule) => !right.includes(rule)).map((rule) => `- ${rule}`),
    ...right.filter((rule) => !left.includes(rule)).map((rule) => `+ ${rule}`),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

/** Empty if both say the same, however they are laid out. */
async function changedLines(old: FlatDefinition, now: FlatDefinition): Promise<readonly string[]> {
  if (sameTree(parse(old.text, '').ast, parse(now.text, '').ast)) return [];
  const options = { parser: 'hmm', plugins: [plugin] };
  const [left, right] = [await format(old.text, options), await format(now.text, options)];
  const { hunks } = structuredPatch('', '', left, right, '', '', { context: 3 });
  const body = hunks.flatMap(({ lines }, i) => (i === 0 ? lines : ['      ...', ...lines]));
  return [`  ${now.name}  (${placeOf(old)} -> ${placeOf(now)})`, ...body.map(indented)];
}

/** The mark stays in front, so that colours and eyes find it. */
function indented(line: string): string {
  return `${line.slice(0, 1)}   ${line.slice(1)}`.trimEnd();
}

function placeOf({ file, line }: FlatDefinition): string {
  return `${file}:${line}`;
}
