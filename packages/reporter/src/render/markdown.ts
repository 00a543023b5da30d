// SPDX-License-Identifier: MIT
/** A Report as Markdown with a Mermaid sequence diagram: for a review, an issue, a wiki. */

import type { FindingReport, Report } from '../report.ts';
import { mermaidLines } from './mermaid.ts';
import { choiceText } from './place.ts';
import { shellLines } from './shell-words.ts';
import { renderTerminal } from './terminal.ts';
import { visible } from './visible.ts';

/** Columns of the terminal's report in its code block. */
const WIDTH = 100;

/** Marks that would format or link something. */
function escaped(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|#&~$@]/g, (mark) => `\\${mark}`);
}

/** A fence longer than any run of backticks inside. */
function fenced(info: string, lines: readonly string[]): string[] {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [fence + info, ...lines, fence];
}

function code(text: string): string {
  const shown = visible(text);
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}

function raceLines({ race, choice }: FindingReport): string[] {
  if (choice !== null) return [`What decides: ${escaped(choiceText(choice))}.`, ''];
  if (race === null) return [];
  const sides = [race.first, race.second].map(
    ({ thread, text, location, number }) =>
      `- ${escaped(thread)}: ${code(text)} at ${code(`${location.file}:${location.line}`)}${number === null ? '' : `, step ${number}`}`,
  );
  return [
    `What decides: the order of two steps on ${race.objects.map((name) => code(name)).join(', ')}.`,
    '',
    ...sides,
    '',
    `${escaped(race.order)}.`,
    '',
  ];
}

function findingLines(report: FindingReport): string[] {
  const text = renderTerminal({ ...report, frame: null }, { width: WIDTH, color: false });
  return [
    ...fenced('mermaid', mermaidLines(report)),
    '',
    ...raceLines(report),
    '<details><summary>The whole report</summary>',
    '',
    ...fenced('text', text.split('\n')),
    '',
    '</details>',
    '',
    ...(report.replay.length === 0
      ? []
      : [...fenced('sh', shellLines(report.replay, WIDTH, '')), '']),
  ];
}

/** Lines joined by line feeds, without one at the end. Foreign text is inert in both languages. */
export function renderMarkdown(report: Report): string {
  const { name, code: number, scenario, location, message, coverage } = report;
  const expected = report.kind === 'finding' && report.expected ? ', as expected' : '';
  const lines = [
    `### ${escaped(name)} (${number})${expected}: ${escaped(scenario)}`,
    '',
    `${escaped(message)}, at ${code(`${location.file}:${location.line}:${location.column}`)}.`,
    '',
    ...(report.kind === 'finding' ? findingLines(report) : []),
    escaped(coverage),
  ];
  return lines.join('\n');
}
