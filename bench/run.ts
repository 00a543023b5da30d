// SPDX-License-Identifier: MIT
/**
 * `pnpm bench [--json] [--runs N] [--only NAME] [--quick]`: every search on this machine, in one run, side by side.
 * `--only` measures the searches of models with such a name and nothing else, `--front-end` the front end and
 * nothing else; `--quick` each thing once.
 *
 * Nothing here is a test: times are for people to compare, and only within one run. Equal counts are
 * demanded, so that what is compared is the same work.
 */

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { whyNoSpin } from '../tools/promela/spin.ts';
import type { FrontEnd } from './front-end.ts';
import { measureFrontEnd } from './front-end.ts';
import { clock } from './measure.ts';
import { rows } from './models.ts';
import type { Phase } from './phases.ts';
import { profilePhases } from './phases.ts';
import type { FileTime } from './scenario-files.ts';
import { exploreFile, measureFiles, scenarioFiles } from './scenario-files.ts';
import type { Measured } from './measured.ts';
import { measureOurs } from './own-searches.ts';
import { measureSpin } from './spin-searches.ts';
import { strategies } from './strategies.ts';
import { figure, table } from './table.ts';

interface Report {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly searches: readonly Measured[];
  /** Null if only some models were asked for. */
  readonly ownFiles: OwnFiles | null;
}

interface OwnFiles {
  readonly files: readonly FileTime[];
  readonly phases: readonly Phase[];
  readonly frontEnd: FrontEnd;
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    'front-end': { type: 'boolean', default: false },
  },
});
const runs = options.quick ? 1 : Math.max(1, Number(options.runs));

/** Progress goes to stderr, so that stdout has the result only. */
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const machine = (): Report['machine'] => ({
  node: process.version,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  gigabytes: Math.round(totalmem() / 2 ** 30),
  load: Number((loadavg()[0] ?? 0).toFixed(1)),
  runs,
});

async function searches(): Promise<readonly Measured[]> {
  const missing = whyNoSpin();
  if (missing !== null) {
    say(`searches: skipped, ${missing}`);
    return [];
  }
  const measured: Measured[] = [];
  for (const row of rows.filter(({ name }) => name.includes(options.only))) {
    say(row.name);
    const spin = await measureSpin(row, runs);
    measured.push(spin);
    for (const strategy of strategies) {
      const found = await measureOurs(row, strategy, spin, runs);
      if (found !== null) measured.push(found);
    }
  }
  return measured;
}

async function measureAll(): Promise<Report> {
  const start = machine();
  const found = await searches();
  return { machine: start, searches: found, ownFiles: options.only === '' ? await ours() : null };
}

async function ours(): Promise<OwnFiles> {
  const [strategy] = strategies;
  if (strategy === undefined) throw new Error('no strategy');
  say('scenario files');
  const files = await measureFiles(strategy, runs);
  say('phases');
  const phases = await profilePhases(() => {
    for (const file of scenarioFiles()) exploreFile(file, strategy);
  });
  say('front end');
  const frontEnd = await measureFrontEnd(options.quick ? 1 : 10, runs);
  return { files, phases, frontEnd };
}

/** Times against SPIN's, from the row of the same model. */
function searchTable(measured: readonly Measured[]): string {
  const head =
    'model,by,states,transitions,search ms,states/s,x SPIN,warm ms,x SPIN,then ms,text to verdict ms,x SPIN,B/state,MB';
  const lines = measured.map((one) => {
    const spin = measured.find(({ model, by }) => model === one.model && by.startsWith('SPIN'));
    const times = (get: (of: Measured) => number | null): number | null => {
      const own = get(one);
      return spin === undefined || spin === one || own === null
        ? null
        : (get(spin) ?? spin.searchMs) / own;
    };
    return [
      one.model,
      one.by,
      one.states,
      one.transitions,
      one.searchMs,
      (1000 * one.states) / one.searchMs,
      times(({ searchMs }) => searchMs),
      one.warmMs,
      times(({ warmMs }) => warmMs),
      one.restMs,
      one.endToEndMs,
      times(({ endToEndMs }) => endToEndMs),
      Math.round(one.bytesPerState),
      Math.round(one.megabytes),
    ];
  });
  return table(head.split(','), lines);
}

function filesTable(files: readonly FileTime[]): string {
  const quick = files.filter(({ ms }) => ms < 100).length;
  const all = files.flatMap(({ instanceMs }) => instanceMs);
  const quickOnes = all.filter((ms) => ms < 100).length;
  const summary = [
    `${quickOnes} of ${all.length} scenarios in under 100 ms, the slowest ${figure(Math.max(...all))} ms;`,
    `${quick} of ${files.length} files`,
  ].join(' ');
  const lines = files.map(({ file, instances, states, ms }) => [file, instances, states, ms]);
  return `${table(['file', 'instances', 'states', 'text to verdict ms'], lines)}\n${summary}`;
}

function phaseTable(phases: readonly Phase[]): string {
  const all = phases.reduce((sum, { ms }) => sum + ms, 0);
  const lines = phases.map(({ name, ms }) => [name, ms, `${Math.round((100 * ms) / all)} %`]);
  return table(['phase', 'ms', 'share'], lines);
}

function frontEndTable({ corpora, lines, fileMs }: FrontEnd): string {
  const head = ['corpus', 'files', 'MB', 'instances', 'parse MB/s', 'parse, check, compile MB/s'];
  const rowsOfTable = corpora.map((one) => [
    one.corpus,
    one.files,
    one.megabytes,
    one.instances,
    one.parseMegabytesPerSecond,
    one.compileMegabytesPerSecond,
  ]);
  const small = `A file of ${lines} lines, parse, check and compile: ${figure(fileMs)} ms.`;
  return `${table(head, rowsOfTable)}\n${small}`;
}

function ownText({ files, phases, frontEnd }: OwnFiles): readonly string[] {
  return [
    `Scenario files, all instances, by ${strategies[0]?.name ?? ''}:`,
    filesTable(files),
    'Where the time of all scenario files goes:',
    phaseTable(phases),
    'The front end, warm; checking and compiling are one pass:',
    frontEndTable(frontEnd),
  ];
}

function print({ machine: facts, searches: found, ownFiles }: Report): void {
  const line = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  console.log(
    [
      line.join(', '),
      `Times are medians, ${clock()}; they are good for ratios within this run only.`,
      ...(found.length === 0 ? [] : [searchTable(found)]),
      ...(ownFiles === null ? [] : ownText(ownFiles)),
    ].join('\n\n'),
  );
}

if (options['front-end']) {
  const frontEnd = await measureFrontEnd(options.quick ? 1 : 10, runs);
  console.log(options.json ? JSON.stringify(frontEnd) : frontEndTable(frontEnd));
} else {
  const report = await measureAll();
  if (options.json) console.log(JSON.stringify(report));
  else print(report);
}
