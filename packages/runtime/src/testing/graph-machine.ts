// SPDX-License-Identifier: MIT
/**
 * A machine that is a graph written down: states are numbers, edges are given. For tests of searches,
 * which must not care where states and transitions come from.
 */

import type {
  Ending,
  Hold,
  Machine,
  Occurrence,
  StepResult,
  Transition,
} from '../interpreter/machine.ts';
import type { Expectation, Instruction, Program, Span, Thread } from '../program/index.ts';
import { usualChecks } from '../program/index.ts';

/** One way on. `to` is a state; or names of findings joined by spaces; or a limit of the model, or `cut`. */
export interface GraphEdge extends Partial<Transition> {
  readonly thread: number;
  readonly to: number | string | { readonly limit: 'pool-exhausted' | 'instruction-limit' | 'cut' };
}

export interface GraphMachineSpec {
  readonly threads: number;
  /** Sorted by the machine: own steps by thread and alternative, then the environment's. */
  readonly edges: (state: number) => readonly GraphEdge[];
  /** Where it starts; default 0. */
  readonly initial?: GraphEdge['to'];
  /** Threads that could act some day; default: those with an edge here. */
  readonly unfinished?: (state: number) => readonly number[];
  /** Findings a final state shows, names joined by spaces; default none. */
  readonly shows?: (state: number) => string;
  readonly condition?: (state: number, expectation: number, part?: 'trigger') => boolean | null;
  readonly holds?: (state: number) => readonly Hold[];
  readonly positions?: (state: number, thread: number) => readonly (readonly [number, number])[];
  /** Threads that pass the head of a loop that is meant on a step from a state; default none. */
  readonly meant?: (state: number, transition: Transition) => readonly number[];
  /** Positions that taking an edge into a state runs. */
  readonly runs?: (to: number) => readonly (readonly [number, number])[];
  readonly expectations?: readonly Expectation[];
  readonly program?: Partial<Program>;
}

/** A span on one line of file 0. */
export function spanAt(line: number, column = 1): Span {
  return { file: 0, line, column, endLine: line, endColumn: column + 1 };
}

/** An expectation of a finding, `on`, `in` and `at` as given. */
export function expectFinding(
  finding: string,
  parts: { readonly on?: string; readonly in?: string; readonly at?: string } = {},
): Expectation {
  const { on = null, in: thread = null, at = null } = parts;
  return { kind: 'finding', finding, on, in: thread, at, span: spanAt(90) };
}

function threadNamed(name: string): Thread {
  return {
    name,
    proc: 0,
    args: [],
    kind: 'task',
    workqueue: null,
    observed: [],
    span: spanAt(1),
  };
}

/** A program with threads A, B, C, ... whose code is only a `return`. */
export function graphProgram(threads: number, parts: Partial<Program> = {}): Program {
  const stop: Instruction = { op: 'return', value: null, span: spanAt(1), border: true };
  const main = { name: 'main', params: 0, locals: [], depth: 1, code: [stop], span: spanAt(1) };
  return {
    version: 1,
    title: 'graph',
    params: [],
    profile: null,
    sources: ['graph.hmm'],
    span: spanAt(1),
    enums: [],
    structs: [],
    opsInterfaces: [],
    opsTables: [],
    objects: [],
    pools: [],
    procs: [{ ...main, origin: 'library' }],
    setup: null,
    threads: Array.from({ length: threads }, (_, i) => threadNamed(String.fromCharCode(65 + i))),
    mirrors: [],
    counters: [],
    invariants: [],
    expectations: [],
    unreached: [],
    environment: { signals: false, spuriousWakeups: false, allocationFailure: false },
    lockRules: { readersOvertake: true },
    checks: usualChecks,
    ...parts,
  };
}

/** `name`, `name@object`, `name@object/proc` as an occurrence of a thread. */
export function occurrenceOf(text: string, thread: number | null): Occurrence {
  const [head = '', proc] = text.split('/', 2);
  const [name = '', object = null] = head.split('@', 2);
  return {
    key: `${head} ${thread ?? '-'}`,
    name,
    thread,
    object,
    within: proc === undefined ? [] : [proc],
    span: spanAt(50),
    message: text,
    waiting: [],
  };
}

function occurrences(names: string, thread: number | null): readonly Occurrence[] {
  return names
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => occurrenceOf(name, thread));
}

function toTransition({ thread, alternative = 0, environment = null }: GraphEdge): Transition {
  return { thread, alternative, environment };
}

function compareEdges(a: GraphEdge, b: GraphEdge): number {
  const rank = (edge: GraphEdge): number =>
    [null, 'timeout', 'signal', 'wakeup'].indexOf(edge.environment ?? null);
  return rank(a) - rank(b) || a.thread - b.thread || (a.alternative ?? 0) - (b.alternative ?? 0);
}

class GraphMachine implements Machine<number> {
  readonly program: Program;
  readonly reached = new Set<number>();
  readonly #spec: GraphMachineSpec;

  constructor(spec: GraphMachineSpec) {
    this.#spec = spec;
    const { expectations = [] } = spec;
    this.program = graphProgram(spec.threads, { expectations, ...spec.program });
  }

  initial(): StepResult<number> {
    return this.#arrive(this.#spec.initial ?? 0, null, []);
  }

  enabled(state: number): readonly Transition[] {
    return this.#edges(state).map(toTransition);
  }

  step(state: number, transition: Transition): StepResult<number> {
    const { thread, alternative, environment } = transition;
    const edge = this.#edges(state).find(
      (one) =>
        one.thread === thread &&
        (one.alternative ?? 0) === alternative &&
        (one.environment ?? null) === environment,
    );
    if (edge === undefined) throw new Error('not enabled');
    if (typeof edge.to === 'number') {
      for (const [proc, pc] of this.#spec.runs?.(edge.to) ?? []) {
        this.reached.add(proc * 65_536 + pc);
      }
    }
    return this.#arrive(edge.to, thread, this.#spec.meant?.(state, transition) ?? []);
  }

  key(state: number): string {
    return String(state);
  }

  ending(state: number, enabled: readonly Transition[]): Ending {
    if (enabled.some(({ environment }) => environment === null)) return { kind: 'running' };
    const [first] = this.#unfinished(state);
    if (first === undefined) {
      return { kind: 'final', occurrences: occurrences(this.#spec.shows?.(state) ?? '', null) };
    }
    return enabled.some(({ environment }) => environment === 'timeout')
      ? { kind: 'stalled', occurrences: [occurrenceOf(`stalled_until_timeout@${state}`, first)] }
      : { kind: 'stuck', occurrences: [occurrenceOf(`deadlock@${state}`, first)] };
  }

  condition(state: number, expectation: number, part?: 'trigger'): boolean | null {
    const { condition } = this.#spec;
    return condition === undefined ? false : condition(state, expectation, part);
  }

  unfinished(state: number, thread: number): boolean {
    return this.#unfinished(state).includes(thread);
  }

  blockedForEver(_state: number, thread: number): Occurrence {
    return occurrenceOf('partial_deadlock', thread);
  }

  describe(
    state: number,
    { thread, environment }: Transition,
  ): ReturnType<Machine<number>['describe']> {
    const text = `leaves ${state}`;
    const nothing = { within: [], places: [], changes: [], touched: [], written: [] };
    return { thread, environment, span: spanAt(1), text, ...nothing };
  }

  holds(state: number): readonly Hold[] {
    return this.#spec.holds?.(state) ?? [];
  }

  positions(state: number, thread: number): readonly (readonly [number, number])[] {
    return this.#spec.positions?.(state, thread) ?? [];
  }

  #edges(state: number): readonly GraphEdge[] {
    return this.#spec.edges(state).toSorted(compareEdges);
  }

  #unfinished(state: number): readonly number[] {
    return this.#spec.unfinished?.(state) ?? this.#edges(state).map(({ thread }) => thread);
  }

  #arrive(
    to: GraphEdge['to'],
    thread: number | null,
    meant: readonly number[],
  ): StepResult<number> {
    if (typeof to === 'number') return { kind: 'state', state: to, occurrences: [], meant };
    if (typeof to === 'string') return { kind: 'finding', occurrences: occurrences(to, thread) };
    if (to.limit === 'cut') return { kind: 'cut' };
    return { kind: 'limit', why: to.limit, message: `${to.limit} of the test` };
  }
}

/** The machine of a graph. */
export function graphMachine(spec: GraphMachineSpec): Machine<number> {
  return new GraphMachine(spec);
}
