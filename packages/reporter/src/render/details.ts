// SPDX-License-Identifier: MIT
/** What explains a table, as lines: the racing pair, the life of an object, the page of a stale mapping. */

import type { FindingReport, History, Milestone, MirrorWindow, RacingPair } from '../report.ts';
import { gridLines } from './grid.ts';
import { choiceText, deed, lockNames, place, stepPlace } from './place.ts';
import { proseLines } from './text-width.ts';
import { visible } from './visible.ts';

function raceRows(report: FindingReport, { first, second }: RacingPair): string[][] {
  return [first, second].map((moment) => [
    moment.thread,
    stepPlace(report, moment),
    deed(moment) + (moment.holds.length === 0 ? '' : `, holding ${lockNames(moment.holds)}`),
  ]);
}

function raceTitle({ name, loopFrom }: FindingReport, { objects, second }: RacingPair): string {
  const what = visible(objects.slice(0, 3).join(', '));
  if (name === 'data_race') return `two accesses to ${what}, and nothing orders them:`;
  const ends = loopFrom === null ? 'ends before' : 'never gets to';
  const here = second.number === null ? `; this schedule ${ends} the second` : '';
  return `the order of two steps decides, on ${what}${here}:`;
}

/** Whether the life of the object tells of both sides already. */
function isTold({ first, second }: RacingPair, history: History | null): boolean {
  const numbers = new Set(history?.milestones.map(({ number }) => number));
  return [first, second].every(({ number }) => number !== null && numbers.has(number));
}

function sentence(text: string, width: number): string[] {
  return proseLines(visible(text), width - 2).map((line) => `  ${line}`);
}

function raceLines(report: FindingReport, width: number): string[] {
  const { race, choice, history } = report;
  if (choice !== null) return proseLines(choiceText(choice), width);
  if (race === null || isTold(race, history)) return [];
  return [
    ...proseLines(raceTitle(report, race), width),
    ...gridLines(raceRows(report, race), width),
    ...sentence(race.order, width),
  ];
}

function milestoneRow(report: FindingReport, milestone: Milestone): string[] {
  const { what, thread, changes, holds } = milestone;
  const behind = [...changes, ...(holds.length === 0 ? [] : [`holding ${lockNames(holds)}`])];
  return [what, thread, stepPlace(report, milestone), [deed(milestone), ...behind].join(', ')];
}

function historyLines(report: FindingReport, width: number): string[] {
  const { history, race } = report;
  if (history === null) return [];
  const omitted = history.omitted === 0 ? '' : ` (${history.omitted} earlier steps left out)`;
  const told = race !== null && isTold(race, history);
  return [
    ...proseLines(`${visible(history.title)}${omitted}:`, width),
    ...gridLines(
      history.milestones.map((each) => milestoneRow(report, each)),
      width,
    ),
    ...(told ? sentence(race.order, width) : []),
  ];
}

function windowLines(report: FindingReport, window: MirrorWindow, width: number): string[] {
  const { cpu, device, before, rows } = window;
  return [
    'the page in both tables:',
    ...gridLines(
      [
        ['', '', cpu, device, ''],
        ['before', '', before.cpu, before.device, ''],
        ...rows.map((row) => [
          row.number === null ? '' : `step ${row.number}`,
          row.thread,
          row.cpu,
          row.device,
          `${deed(row)} (${place(report, row.location)})${row.stale ? ' <- stale' : ''}`,
        ]),
      ],
      width,
    ),
  ];
}

/** Paragraphs below the table, each with its lines; none is empty. */
export function detailParagraphs(report: FindingReport, width: number): readonly string[][] {
  const { window } = report;
  return [
    raceLines(report, width),
    historyLines(report, width),
    window === null ? [] : windowLines(report, window, width),
  ].filter((lines) => lines.length > 0);
}
