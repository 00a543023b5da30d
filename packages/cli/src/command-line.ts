// SPDX-License-Identifier: MIT
/** What can be written after `hmm`: the commands with their arguments and options, as one table. */

/** A command of `hmm`. */
export type CommandName =
  | 'check'
  | 'run'
  | 'replay'
  | 'mutate'
  | 'compare'
  | 'init'
  | 'ops'
  | 'why-big'
  | 'explain'
  | 'fmt'
  | 'show'
  | 'diff';

/** An option: a flag if `value` is null, else what stands behind it. */
export interface OptionSpec {
  readonly name: string;
  readonly value: 'NAME' | 'PATTERN' | 'S' | 'N' | 'C' | 'F' | 'MB' | 'FILE' | 'PLACE' | null;
  /** A letter that stands for the name: `-o`. */
  readonly letter?: string;
  readonly help: string;
  /** May be given several times. */
  readonly many?: true;
}

/** One row of the help: how a command is written and what it does. */
export interface CommandSpec {
  readonly name: CommandName;
  /** Names of what must stand there; `FILE...` is one or more, `[CODE]` may be left out, `[PATH...]` is any number. */
  readonly operands: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly summary: string;
}

const scenario: OptionSpec = {
  name: 'scenario',
  value: 'NAME',
  help: 'only the scenario of this title, or this one instance of it',
};

// table
/** All commands, in the order of the help. */
export const commandSpecs: readonly CommandSpec[] = [
  {
    name: 'check',
    operands: ['FILE...'],
    options: [],
    summary: 'parse and check scenario files, without running them',
  },
  {
    name: 'run',
    operands: ['FILE...'],
    options: [
      { name: 'json', value: null, help: 'print one JSON object instead of text' },
      {
        name: 'format',
        value: 'F',
        help: 'print only the reports: terminal, mail, markdown, svg or json',
      },
      {
        name: 'output',
        letter: 'o',
        value: 'FILE',
        help: 'write the reports there, in the format that its name says if --format does not',
      },
      { name: 'theme', value: 'NAME', help: 'of an SVG: light (default) or dark' },
      {
        name: 'witnesses',
        value: null,
        help: 'report the findings that a scenario expects, too; always so with --format',
      },
      {
        name: 'outcomes',
        value: null,
        help: 'list the outcomes in final states, and which statements run',
      },
      {
        name: 'reach',
        value: 'PLACE',
        help: 'show a schedule that reaches FILE:LINE',
      },
      scenario,
      {
        name: 'tag',
        value: 'NAME',
        help: 'only with this tag; `!NAME` without it; several must all fit',
        many: true,
      },
      {
        name: 'allow-only',
        value: null,
        help: 'let `only` leave scenarios out although CI is set',
      },
      {
        name: 'strategy',
        value: 'S',
        help: 'exhaustive (default); traces: one of all schedules that differ in the order of independent steps only; naive: the slow reference',
      },
      {
        name: 'checks',
        value: 'C',
        help: 'all (default), or safety: no livelocks, no partial deadlocks',
      },
      {
        name: 'max-states',
        value: 'N',
        help: 'states (or traces) per scenario before it gives up; 2,000,000 by default',
      },
      {
        name: 'max-memory',
        value: 'MB',
        help: 'megabytes of search tables per scenario; 1,536 by default',
      },
      {
        name: 'preemptions',
        value: 'N',
        help: 'at most so many; inconclusive unless `within` names them',
      },
      { name: 'time-limit', value: 'S', help: 'seconds per scenario; none by default' },
      {
        name: 'checkpoint',
        value: 'FILE',
        help: 'write one search down: at intervals, when stopped, on SIGUSR1',
      },
      {
        name: 'checkpoint-every',
        value: 'S',
        help: 'seconds between two checkpoints; 60 by default',
      },
      {
        name: 'resume',
        value: 'FILE',
        help: 'go on with a search written down; its limits may be higher',
      },
    ],
    summary: 'explore every schedule of each scenario',
  },
  {
    name: 'replay',
    operands: ['FILE', 'SCHEDULE'],
    options: [
      scenario,
      {
        name: 'step',
        value: null,
        help: 'step forward and back by commands, one a line; so by default at a terminal',
      },
      { name: 'list', value: null, help: 'print all steps; so by default elsewhere' },
      {
        name: 'depth',
        value: 'N',
        help: 'print so many calls inside of each other, what is deeper as one line',
      },
    ],
    summary: 'show one schedule step by step',
  },
  {
    name: 'mutate',
    operands: ['FILE...'],
    options: [
      scenario,
      {
        name: 'only',
        value: 'PATTERN',
        help: 'only where FILE:LINE PROC contains this; the kernel too, which else stays as it is',
      },
      { name: 'limit', value: 'N', help: 'try so many changes at most, in order' },
      {
        name: 'max-states',
        value: 'N',
        help: 'states per scenario before it gives up; 200,000 by default',
      },
      { name: 'time-limit', value: 'S', help: 'seconds per scenario; none by default' },
    ],
    summary: 'make small mistakes in a driver, and see whether a scenario notices',
  },
  {
    name: 'compare',
    operands: ['FILE', '[FILE]'],
    options: [
      scenario,
      {
        name: 'before',
        value: 'NAME',
        help: 'a world or parameter in the name of the one, `linux/5.2`',
      },
      { name: 'after', value: 'NAME', help: 'what stands there in the name of the other' },
      {
        name: 'max-states',
        value: 'N',
        help: 'states per scenario before it gives up; 2,000,000 by default',
      },
    ],
    summary: 'show which findings a change removes and adds, and by which schedule',
  },
  {
    name: 'init',
    operands: ['[FOLDER]'],
    options: [],
    summary: 'write a project to begin with: a driver, two scenarios, vitest',
  },
  {
    name: 'ops',
    operands: ['[FILE]'],
    options: [scenario],
    summary: 'show what each statement does; without a file, list all primitives',
  },
  {
    name: 'why-big',
    operands: ['FILE'],
    options: [
      scenario,
      {
        name: 'max-states',
        value: 'N',
        help: 'states that are looked at; 200,000 by default',
      },
    ],
    summary: 'show what the states of a scenario differ in, and what to bound',
  },
  {
    name: 'explain',
    operands: ['[CODE]'],
    options: [],
    summary: 'print the page of HMM4101 or deadlock; without a code, list all',
  },
  {
    name: 'fmt',
    operands: ['[PATH...]'],
    options: [{ name: 'check', value: null, help: 'only list the files that are not formatted' }],
    summary: 'format files, and the .hmm files in folders',
  },
  {
    name: 'show',
    operands: ['[FILE]'],
    options: [
      { name: 'profile', value: 'NAME', help: 'a core such as linux/5.3' },
      { name: 'driver', value: 'NAME', help: 'a driver such as nouveau/5.3' },
    ],
    summary: 'print a core or driver with all it takes over; without one, list all',
  },
  {
    name: 'diff',
    operands: ['PROFILE', 'PROFILE', '[FILE]'],
    options: [],
    summary: 'print what differs between two cores or two drivers',
  },
];

/** The row of a command, or undefined if `word` is none. */
export function commandSpec(word: string): CommandSpec | undefined {
  return commandSpecs.find((spec) => spec.name === word);
}

/** `hmm replay FILE SCHEDULE [--scenario NAME]`; with more options than two, `[OPTION...]` for all of them. */
export function usageLine(spec: CommandSpec): string {
  const options =
    spec.options.length > 2
      ? ['[OPTION...]']
      : spec.options.map((option) => `[${optionText(option)}]`);
  return ['hmm', spec.name, ...spec.operands, ...options].join(' ');
}

/** `--scenario NAME`, `-o, --output FILE` */
export function optionText(option: OptionSpec): string {
  const name = `${option.letter === undefined ? '' : `-${option.letter}, `}--${option.name}`;
  return option.value === null ? name : `${name} ${option.value}`;
}
