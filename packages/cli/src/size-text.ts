// SPDX-License-Identifier: MIT
/** Why a scenario is large, as a table and advice. */

import { visible } from '@hmmlab/reporter';
import type { SizeLine, SizePart, SizeReport } from '@hmmlab/runtime';

/** Rows of each table. */
const MOST_ROWS = 8;
/** A part matters if there would be so many times fewer states without it. */
const NOTABLE = 1.5;

/** Both tables and what to try, each line ended. */
export function sizeText(report: SizeReport): string {
  const { states, transitions, why, parts, lines } = report;
  const extent = why === null ? '' : `, of the first states only (${why})`;
  const head = `${counted(states)} states, ${counted(transitions)} transitions${extent}`;
  const contended = lines.filter((line) => line.contended > 0).slice(0, MOST_ROWS);
  const tables = [
    table(
      ['states differ in', 'values', 'states without it', 'without one of it'],
      parts.slice(0, MOST_ROWS).map((part) => partRow(part)),
    ),
    table(
      ['transitions begin at', 'states', 'transitions that another thread could forestall'],
      contended.map((line) => lineRow(line)),
    ),
  ];
  const advice = adviceFor(report).map((text) => `  - ${text}`);
  return `${[`  ${head}`, ...tables, ...advice].join('\n')}\n`;
}

function partRow({
  name,
  kind,
  members,
  values,
  statesWithout,
  statesWithoutOne,
}: SizePart): string[] {
  const one = members === 1 ? '' : counted(statesWithoutOne);
  return [partName(kind, name, members), counted(values), counted(statesWithout), one];
}

function partName(kind: SizePart['kind'], name: string, members: number): string {
  const many = kind === 'thread' ? `${members} threads` : `${members} of it`;
  const text = kind === 'thread' ? `thread ${name}` : name;
  return visible(members === 1 ? text : `${text} (${many})`);
}

function lineRow({ thread, file, line, states, contended }: SizeLine): string[] {
  return [visible(`${file}:${line} in ${thread}`), counted(states), counted(contended)];
}

/** The first column to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) => {
      const cells = row.map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      );
      return `  ${cells.join('  ').trimEnd()}`;
    })
    .join('\n');
}

/** What would make it smaller, most first. */
function adviceFor({ states, parts, lines }: SizeReport): string[] {
  const variable = parts.find(({ kind, statesWithout }) => {
    return kind === 'variable' && states >= statesWithout * NOTABLE;
  });
  const group = parts
    .filter(({ kind, members }) => kind === 'thread' && members > 1)
    .toSorted((a, b) => a.statesWithoutOne - b.statesWithoutOne)[0];
  const [line] = lines;
  return [
    ...(variable === undefined ? [] : [variableAdvice(variable)]),
    ...(group === undefined
      ? []
      : [`one ${visible(group.name)} fewer: ${counted(group.statesWithoutOne)} states at most`]),
    ...(line === undefined || line.contended === 0 ? [] : [lineAdvice(line)]),
    'hmm run --preemptions 2: only schedules with few switches, which the verdict then says',
    'hmm run --strategy traces, if every schedule ends: no states, but one of all schedules that differ in independent steps',
  ];
}

function variableAdvice({ name, values, members, statesWithout }: SizePart): string {
  const how = members === 1 ? 'fewer values' : 'fewer values or fewer of them';
  return `${visible(name)} has ${counted(values)} values, and without it there are ${counted(statesWithout)} states: ${how}`;
}

function lineAdvice({ thread, file, line }: SizeLine): string {
  return visible(
    `${file}:${line} in ${thread} is where most switches are: one step, by a lock or atomic { }, if that is true to the code`,
  );
}

function counted(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
