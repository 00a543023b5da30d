// SPDX-License-Identifier: MIT
/** The words after `hmm`, understood or refused. Reads no file and prints nothing. */

import type { SearchOptions } from '@hmmlab/runtime';
import { type CliError, cliError } from './codes.ts';
import type { Exchange } from './compare/pair-instances.ts';
import {
  type CommandSpec,
  type OptionSpec,
  commandSpec,
  commandSpecs,
  usageLine,
} from './command-line.ts';
import { nearest } from './nearest.ts';
import { REPORT_FORMATS, type ReportTarget, formatOfFile } from './report-format.ts';
import type { Choice } from './select-scenarios.ts';
import type { SurveyRequest } from './survey-text.ts';

/** When a search gives up on one scenario. */
export interface Limits {
  readonly search: SearchOptions;
  /** Milliseconds; null for none. */
  readonly timeMs: number | null;
}

/** Whether a search is written down, and gone on with. */
export interface Checkpoints {
  /** File that is written; null for none. */
  readonly file: string | null;
  readonly everyMs: number;
  /** File that the search begins from; null for its own beginning. */
  readonly resume: string | null;
}

const USUAL_INTERVAL_MS = 60_000;

/** A command line that makes sense. */
export type Invocation =
  | { readonly kind: 'check'; readonly files: readonly string[] }
  | {
      readonly kind: 'run';
      readonly files: readonly string[];
      readonly json: boolean;
      /** Null: text for people, as it comes. */
      readonly target: ReportTarget | null;
      readonly witnesses: boolean;
      readonly survey: SurveyRequest;
      readonly choice: Choice;
      readonly allowOnly: boolean;
      readonly limits: Limits;
      readonly checkpoints: Checkpoints;
    }
  | {
      readonly kind: 'replay';
      readonly file: string;
      readonly schedule: string;
      readonly scenario: string | null;
      /** Null: step by step at a terminal, the whole list elsewhere. */
      readonly way: 'step' | 'list' | null;
      /** Calls inside of each other that the list goes into; null for all. */
      readonly depth: number | null;
    }
  | {
      readonly kind: 'mutate';
      readonly files: readonly string[];
      readonly scenario: string | null;
      /** Part of `FILE:LINE PROC`; null for all but the kernel. */
      readonly only: string | null;
      /** Mutations that are tried at most; null for all. */
      readonly most: number | null;
      readonly limits: Limits;
    }
  | {
      readonly kind: 'compare';
      readonly before: string;
      /** The same file where parts of names are exchanged. */
      readonly after: string;
      readonly scenario: string | null;
      readonly exchange: Exchange | null;
      readonly limits: Limits;
    }
  /** The folder is null for the one that the command runs in. */
  | { readonly kind: 'init'; readonly folder: string | null }
  | { readonly kind: 'ops'; readonly file: string; readonly scenario: string | null }
  | {
      readonly kind: 'why-big';
      readonly file: string;
      readonly scenario: string | null;
      readonly maxStates: number;
    }
  | { readonly kind: 'explain'; readonly code: string }
  | { readonly kind: 'fmt'; readonly paths: readonly string[]; readonly check: boolean }
  | {
      readonly kind: 'show';
      /** Null for none. */
      readonly file: string | null;
      readonly profile: string | null;
      readonly driver: string | null;
    }
  | {
      readonly kind: 'diff';
      readonly before: string;
      readonly after: string;
      readonly file: string | null;
    }
  | { readonly kind: 'help'; readonly command: CommandSpec | null }
  | { readonly kind: 'version' };

/** Either a command or what is wrong with the words. */
export type Parsed =
  | { readonly kind: 'invocation'; readonly invocation: Invocation }
  | { readonly kind: 'error'; readonly error: CliError };

interface Words {
  readonly operands: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** Values of options that may be given several times, in order. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

class Refusal extends Error {
  readonly error: CliError;

  constructor(error: CliError) {
    super(error.message);
    this.error = error;
  }
}

/** `parseArguments(['run', 'a.hmm', '--json'])`; never throws. */
export function parseArguments(words: readonly string[]): Parsed {
  try {
    return { kind: 'invocation', invocation: invocation(words) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { kind: 'error', error: thrown.error };
    throw thrown;
  }
}

function invocation(words: readonly string[]): Invocation {
  const [first, ...rest] = words;
  if (first === undefined || first === 'help' || first === '--help' || first === '-h')
    return { kind: 'help', command: commandSpec(rest[0] ?? '') ?? null };
  if (first === '--version' || first === 'version' || first === '-V') return { kind: 'version' };
  const spec = commandSpec(first);
  if (spec === undefined) throw unknownCommand(first);
  const beforeDashes = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (beforeDashes.includes('--help') || beforeDashes.includes('-h'))
    return { kind: 'help', command: spec };
  return assemble(spec, sortWords(spec, rest));
}

function assemble(spec: CommandSpec, { operands, options, lists }: Words): Invocation {
  const file = operands[0] ?? '';
  const scenario = options.get('scenario') ?? null;
  switch (spec.name) {
    case 'check':
      return { kind: 'check', files: operands };
    case 'run':
      return {
        kind: 'run',
        files: operands,
        json: options.has('json'),
        target: reportTarget(options),
        witnesses: options.has('witnesses'),
        survey: { outcomes: options.has('outcomes'), reach: reachedPlace(options.get('reach')) },
        choice: { scenario, tags: lists.get('tag') ?? [] },
        allowOnly: options.has('allow-only'),
        limits: limits(options),
        checkpoints: checkpoints(options),
      };
    case 'replay':
      return {
        kind: 'replay',
        file,
        schedule: operands[1] ?? '',
        scenario,
        way: replayWay(options),
        depth: callDepth(options),
      };
    case 'mutate':
      return {
        kind: 'mutate',
        files: operands,
        scenario,
        only: options.get('only') ?? null,
        most: positive(options, 'limit', true),
        limits: mutationLimits(options),
      };
    case 'compare': {
      const exchange = exchanged(options);
      if (exchange === null && operands[1] === undefined)
        throw refusal('missing-argument', 'compare needs two files, or --before and --after');
      const after = operands[1] ?? file;
      return { kind: 'compare', before: file, after, scenario, exchange, limits: limits(options) };
    }
    case 'init':
      return { kind: 'init', folder: operands[0] ?? null };
    case 'ops':
      return { kind: 'ops', file, scenario };
    case 'why-big': {
      const maxStates = positive(options, 'max-states', true) ?? STUDIED_STATES;
      return { kind: 'why-big', file, scenario, maxStates };
    }
    case 'explain':
      return { kind: 'explain', code: file };
    case 'fmt':
      return { kind: 'fmt', paths: operands, check: options.has('check') };
    case 'show':
      return {
        kind: 'show',
        file: operands[0] ?? null,
        profile: options.get('profile') ?? null,
        driver: options.get('driver') ?? null,
      };
    case 'diff':
      return {
        kind: 'diff',
        before: file,
        after: operands[1] ?? '',
        file: operands[2] ?? null,
      };
  }
}

/** Tells options from operands, and checks that both are what the command takes. */
function sortWords(spec: CommandSpec, words: readonly string[]): Words {
  const operands: string[] = [];
  const options = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') {
      operands.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const option = optionSpec(spec, equals < 0 ? word : word.slice(0, equals));
    if (option.value === null) {
      if (equals >= 0) throw refusal('bad-value', `--${option.name} takes no value`);
      options.set(option.name, '');
      continue;
    }
    const value = equals < 0 ? words[++i] : word.slice(equals + 1);
    if (value === undefined || value === '')
      throw refusal('missing-argument', `--${option.name} needs a value: ${option.value}`);
    if (option.many === true) lists.set(option.name, [...(lists.get(option.name) ?? []), value]);
    else options.set(option.name, value);
  }
  checkOperands(spec, operands);
  return { operands, options, lists };
}

function optionSpec(spec: CommandSpec, word: string): OptionSpec {
  const found = spec.options.find(
    ({ name, letter }) => `--${name}` === word || (letter !== undefined && `-${letter}` === word),
  );
  if (found !== undefined) return found;
  const names = spec.options.map((option) => `--${option.name}`);
  const closest = nearest(word, names);
  const listed =
    names.length > 2 ? `its options are: ${names.join(', ')}` : `usage: ${usageLine(spec)}`;
  const help = closest === null ? listed : `did you mean ${closest}?`;
  throw refusal('unknown-option', `${spec.name} has no option ${word}`, help);
}

function checkOperands(spec: CommandSpec, operands: readonly string[]): void {
  const usage = `usage: ${usageLine(spec)}`;
  const missing = spec.operands[operands.length];
  if (missing !== undefined && !missing.startsWith('['))
    throw refusal('missing-argument', `${spec.name} needs ${missing}`, usage);
  const extra = operands[spec.operands.length];
  const many = spec.operands.at(-1)?.includes('...') === true;
  if (extra !== undefined && !many)
    throw refusal('unexpected-argument', `${spec.name} takes no argument '${extra}'`, usage);
}

function limits(options: ReadonlyMap<string, string>): Limits {
  const strategy = oneOf(options, 'strategy', ['exhaustive', 'naive', 'traces']);
  const checks = oneOf(options, 'checks', ['all', 'safety']);
  const maxStates = positive(options, 'max-states', true);
  const megabytes = positive(options, 'max-memory', false);
  const seconds = positive(options, 'time-limit', false);
  const preemptions = bound(options.get('preemptions'));
  return {
    search: {
      strategy,
      checks,
      ...(preemptions === null ? {} : { preemptions }),
      ...(maxStates === null ? {} : { maxStates }),
      ...(megabytes === null ? {} : { maxBytes: Math.round(megabytes * 1024 * 1024) }),
    },
    timeMs: seconds === null ? null : seconds * 1000,
  };
}

function exchanged(options: ReadonlyMap<string, string>): Exchange | null {
  const [before, after] = [options.get('before'), options.get('after')];
  if (before === undefined && after === undefined) return null;
  if (before === undefined || after === undefined)
    throw refusal('missing-argument', '--before and --after need each other');
  return { before, after };
}

const MUTANT_STATES = 200_000;
/** Enough to see what a search is about. */
const STUDIED_STATES = 200_000;

/** A mistake can make a model endless, so there always is a limit. */
function mutationLimits(options: ReadonlyMap<string, string>): Limits {
  const { search, timeMs } = limits(options);
  return { search: { ...search, maxStates: search.maxStates ?? MUTANT_STATES }, timeMs };
}

function checkpoints(options: ReadonlyMap<string, string>): Checkpoints {
  const file = options.get('checkpoint') ?? null;
  const seconds = positive(options, 'checkpoint-every', false);
  if (file === null && seconds !== null)
    throw refusal('missing-argument', '--checkpoint-every needs --checkpoint FILE');
  const everyMs = seconds === null ? USUAL_INTERVAL_MS : seconds * 1000;
  return { file, everyMs, resume: options.get('resume') ?? null };
}

/** `mm.hmm:14`. */
function reachedPlace(text: string | undefined): SurveyRequest['reach'] {
  if (text === undefined) return null;
  const [, file = '', line = ''] = /^(.+):(\d{1,7})$/.exec(text) ?? [];
  if (file === '') throw refusal('bad-value', `--reach must be FILE:LINE, not '${text}'`);
  return { file, line: Number(line) };
}

function callDepth(options: ReadonlyMap<string, string>): number | null {
  const text = options.get('depth');
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text))
    throw refusal('bad-value', `--depth must be a number from 0 on, not '${text}'`);
  return Number(text);
}

function replayWay(options: ReadonlyMap<string, string>): 'step' | 'list' | null {
  if (options.has('step')) return 'step';
  return options.has('list') || options.has('depth') ? 'list' : null;
}

function reportTarget(options: ReadonlyMap<string, string>): ReportTarget | null {
  const file = options.get('output') ?? null;
  const theme = oneOf(options, 'theme', ['light', 'dark']);
  const named = options.has('format') ? oneOf(options, 'format', REPORT_FORMATS) : null;
  const format = named ?? (file === null ? null : formatOfFile(file));
  if (file !== null && format === null)
    throw refusal(
      'missing-argument',
      `--output ${file} needs --format: its name does not say how the reports shall look`,
      `the formats are: ${REPORT_FORMATS.join(', ')}`,
    );
  if (format !== null && options.has('json'))
    throw refusal(
      'bad-value',
      '--json and --format cannot both be',
      '--format json prints reports',
    );
  return format === null ? null : { format, file, theme };
}

/** The value of an option that has a few; the first is the default. */
function oneOf<Value extends string>(
  options: ReadonlyMap<string, string>,
  name: string,
  values: readonly [Value, ...Value[]],
): Value {
  const text = options.get(name);
  if (text === undefined) return values[0];
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw refusal('bad-value', `--${name} cannot be '${text}'`, `it is one of: ${values.join(', ')}`);
}

/** A number of preemptions, 0 included. */
function bound(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,4}$/.test(text))
    throw refusal('bad-value', `--preemptions must be 0 to 9999, not '${text}'`);
  return Number(text);
}

function positive(
  options: ReadonlyMap<string, string>,
  name: string,
  whole: boolean,
): number | null {
  const text = options.get(name);
  if (text === undefined) return null;
  const value = Number(text);
  const digits = whole ? /^\d+$/ : /^\d+(\.\d+)?$/;
  if (!digits.test(text) || value <= 0 || !Number.isSafeInteger(Math.ceil(value)))
    throw refusal('bad-value', `--${name} must be a positive number, not '${text}'`);
  return value;
}

function unknownCommand(word: string): Refusal {
  const names = commandSpecs.map((spec) => spec.name);
  if (word.startsWith('-'))
    return refusal('unknown-option', `hmm has no option ${word}`, 'hmm --help lists all');
  const closest = nearest(word, names);
  const help = word.endsWith('.hmm')
    ? `did you mean hmm run ${word}?`
    : closest === null
      ? `the commands are: ${names.join(', ')}`
      : `did you mean ${closest}?`;
  return refusal('unknown-command', `hmm has no command '${word}'`, help);
}

function refusal(
  name: Parameters<typeof cliError>[0],
  message: string,
  help: string | null = null,
): Refusal {
  return new Refusal(cliError(name, message, help));
}
