// SPDX-License-Identifier: MIT
/** Programs, verdicts and traces written by hand, for the tests of this package. */

import type { Environmental, Hold, Trace, TraceHold, TraceStep } from '@hmmlab/runtime';
import { usualChecks } from '@hmmlab/runtime/program';
import type { Finding, Program, Span, Verdict } from '@hmmlab/runtime/program';

/** One step: thread, line, what it does (also looked for in the line, for the column), and more. */
export type Deed = readonly [
  thread: string,
  line: number,
  text: string,
  more?: {
    readonly at?: string;
    readonly procs?: readonly string[];
    readonly changes?: readonly string[];
    readonly takes?: readonly [object: string, mode: Hold['mode']];
    readonly drops?: string;
    readonly touched?: readonly string[];
    /** Default: what changes. */
    readonly written?: readonly string[];
    readonly environment?: Environmental;
  },
];

export interface Case {
  readonly program: Program;
  readonly sources: ReadonlyMap<string, string>;
  readonly span: (line: number, text: string) => Span;
  readonly trace: (deeds: readonly Deed[]) => Trace;
  readonly verdict: (finding: Partial<Finding>, verdict?: Partial<Verdict>) => Verdict;
}

export interface CaseInput {
  readonly title: string;
  readonly file: string;
  readonly threads: readonly string[];
  readonly source: string;
  readonly params?: Program['params'];
}

const NOWHERE: Span = { file: 0, line: 1, column: 1, endLine: 1, endColumn: 2 };

function programOf({ title, file, threads, params = [] }: CaseInput): Program {
  return {
    version: 1,
    title,
    params,
    profile: null,
    sources: [file],
    span: NOWHERE,
    enums: [],
    structs: [],
    opsInterfaces: [],
    opsTables: [],
    objects: [],
    pools: [],
    procs: [],
    setup: null,
    threads: threads.map((name, proc) => ({
      name,
      proc,
      args: [],
      kind: 'task',
      workqueue: null,
      observed: [],
      span: NOWHERE,
    })),
    mirrors: [],
    counters: [],
    invariants: [],
    expectations: [],
    unreached: [],
    environment: { signals: false, spuriousWakeups: false, allocationFailure: false },
    lockRules: { readersOvertake: true },
    checks: usualChecks,
  };
}

const finding: Finding = {
  code: 'HMM4101',
  name: 'deadlock',
  thread: null,
  object: null,
  within: [],
  span: NOWHERE,
  message: 'threads wait for each other',
  waiting: [],
  expectedBy: null,
  fails: true,
  counterexample: {
    schedule: 'h1:5f3a9c01:0.1.2',
    minimal: true,
    preemptions: 1,
    loop: null,
    nearestPassing: 'h1:5f3a9c01:0.0.1',
  },
};

const verdict: Verdict = {
  kind: 'violated',
  why: null,
  assumptions: ['no allocation failure', 'no signals'],
  notChecked: ['livelock'],
  coverage: {
    strategy: 'naive',
    states: 412,
    transitions: 1107,
    maxDepth: 14,
    exhaustive: true,
    bounds: [],
    finalStates: 2,
  },
  findings: [],
  problems: [],
  reached: [],
  hidden: [],
  outcome: 'failed',
};

function changeOf(text: string): { object: string; before: string; after: string } {
  const colon = text.indexOf(': ');
  const [before = '', after = ''] = text.slice(colon + 2).split(' -> ');
  const object = text.slice(0, colon);
  return { object, before, after };
}

/** The pieces of one hand-written case. Spans point at the text in the given line. */
export function buildCase(input: CaseInput): Case {
  const { threads, file, source } = input;
  const lines = source.split('\n');
  const span = (line: number, text: string): Span => {
    const column = (lines[line - 1] ?? '').indexOf(text) + 1;
    if (column === 0) throw new Error(`line ${line} has no ${text}`);
    return { file: 0, line, column, endLine: line, endColumn: column + text.length };
  };
  const trace = (deeds: readonly Deed[]): Trace => {
    let holds: readonly TraceHold[] = [];
    const steps = deeds.map(([name, line, text, more = {}], index): TraceStep => {
      const thread = threads.indexOf(name);
      if (more.takes !== undefined)
        holds = [...holds, { thread, object: more.takes[0], mode: more.takes[1], since: index }];
      holds = holds.filter((hold) => hold.thread !== thread || hold.object !== more.drops);
      return {
        thread,
        environment: more.environment ?? null,
        span: span(line, more.at ?? text),
        within: [name, ...(more.procs ?? [])],
        places: [],
        text,
        changes: (more.changes ?? []).map((each) => changeOf(each)),
        touched: more.touched ?? [],
        written: more.written ?? (more.changes ?? []).map((each) => changeOf(each).object),
        transition: { thread, alternative: 0, environment: more.environment ?? null },
        holds,
        enabledThreads: [],
      };
    });
    return { steps, next: [] };
  };
  return {
    program: programOf(input),
    sources: new Map([[file, source]]),
    span,
    trace,
    verdict: (some, more = {}) => ({ ...verdict, findings: [{ ...finding, ...some }], ...more }),
  };
}
