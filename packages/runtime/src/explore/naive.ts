// SPDX-License-Identifier: MIT
/**
 * The naive exploration: breadth first over all states, visited ones compared whole by their keys, no
 * reduction of any kind. It stays for ever, as the reference for every other strategy.
 */

import type { Machine, Transition } from '../interpreter/machine.ts';
import type { Task } from './exploration.ts';
import { Exploration } from './exploration.ts';
import { END_KIND, endEntry, LIMIT_TARGET, targetOfSet } from './graph.ts';
import type { Sliced } from './sliced.ts';
import { othersIn, StepMarks } from './step-marks.ts';

/** One entry of the visited table besides the characters: string header, map entry, spare buckets. */
const ENTRY_BYTES = 96;
/** A character costs 2 bytes at most; most engines store one. */
const CHARACTER_BYTES = 2;
/** A state waiting to be expanded is kept decoded: estimated by the length of its key. */
const DECODED_BYTES_PER_CHARACTER = 16;
/** V8 has no larger map. */
const LARGEST_MAP = 2 ** 24 - 1;

/** A step that lies deeper than schedules are asked about. */
const CUT = { kind: 'cut' } as const;

interface Queued<State> {
  readonly state: State;
  readonly bytes: number;
}

export class NaiveExploration<State> extends Exploration<State> {
  readonly strategy = 'naive';
  readonly #limits: Task;
  readonly #marks: StepMarks;
  readonly #visited = new Map<string, number>();
  /** States of the level being expanded, the next one last. */
  #level: Queued<State>[] = [];
  #nextLevel: Queued<State>[] = [];
  #keyBytes = 0;
  #frontierBytes = 0;

  constructor(machine: Machine<State>, task: Task) {
    super(machine, task);
    this.#limits = { ...task, maxStates: Math.min(task.maxStates, LARGEST_MAP) };
    this.#marks = new StepMarks(machine.program);
  }

  get frontier(): number {
    return this.#level.length + this.#nextLevel.length;
  }

  get bytes(): number {
    return this.graph.bytes + this.#keyBytes + this.#frontierBytes;
  }

  /** Explores until no state is left or a limit stops it; one transition a slice. */
  *run(): Sliced<void> {
    this.#begin();
    for (let depth = 0; this.#nextLevel.length > 0; depth += 1) {
      this.maxDepth = Math.max(this.maxDepth, depth);
      this.#level = this.#nextLevel.toReversed();
      this.#nextLevel = [];
      for (let next = this.#level.pop(); next !== undefined; next = this.#level.pop()) {
        this.#frontierBytes -= next.bytes;
        yield* this.#expand(next.state, depth);
        if (this.stopped) return;
      }
    }
    this.#visited.clear();
  }

  #begin(): void {
    const first = this.machine.initial();
    switch (first.kind) {
      case 'state':
        this.#discover(first.state);
        return;
      case 'finding':
        this.endInSetUp(first.occurrences);
        return;
      case 'limit':
        this.modelLimit(first.why, first.message);
        return;
      case 'cut':
    }
  }

  *#expand(state: State, depth: number): Sliced<void> {
    const { graph, machine } = this;
    const index = graph.opened;
    const enabled = machine.enabled(state);
    const ending = machine.ending(state, enabled);
    const set = this.enter(this.shownBy(state, ending), state, { state: index, edge: -1 });
    graph.open(endEntry(END_KIND[ending.kind], set), this.#blockedIn(state, enabled));
    if (ending.kind === 'final')
      this.finals.add((expectation) => machine.condition(state, expectation));
    for (const transition of ending.kind === 'stuck' ? [] : enabled) {
      yield;
      this.#take(state, transition, depth);
      if (this.stopped) return;
    }
    graph.close();
  }

  #take(state: State, transition: Transition, depth: number): void {
    const { graph } = this;
    const code = graph.codes.of(transition);
    const tooDeep = depth >= (this.machine.limited?.deepest ?? Infinity);
    const result = tooDeep ? CUT : this.machine.step(state, transition);
    switch (result.kind) {
      case 'state': {
        const target = this.#discover(result.state);
        const marks = this.#marks.of(transition, result.meant, () =>
          this.machine.positions(state, transition.thread),
        );
        const others = othersIn(result.meant, transition);
        if (target !== null) graph.addEdge(code, target, marks, others);
        break;
      }
      case 'finding': {
        const place = { state: graph.opened - 1, edge: graph.edges };
        const set = this.enter(result.occurrences, state, place);
        if (set === 0) throw new Error('a step that ends in a finding names none');
        graph.addEdge(code, targetOfSet(set));
        this.maxDepth = Math.max(this.maxDepth, depth + 1);
        break;
      }
      case 'limit':
        graph.addEdge(code, LIMIT_TARGET);
        this.modelLimit(result.why, result.message);
        break;
      case 'cut':
        // Its thread could go on, so that nothing is claimed of runs that hold it back here.
        graph.addEdge(code, LIMIT_TARGET);
        this.cuts += 1;
    }
    if (this.bytes > this.#limits.maxBytes) this.stop('memory-limit');
  }

  /** The number of a state, new or known; null if it is new and there is no room. */
  #discover(state: State): number | null {
    const key = this.machine.key(state);
    const known = this.#visited.get(key);
    if (known !== undefined) return known;
    if (this.graph.states >= this.#limits.maxStates) {
      this.stop('state-limit');
      return null;
    }
    const index = this.graph.addState();
    this.#visited.set(key, index);
    this.#keyBytes += ENTRY_BYTES + CHARACTER_BYTES * key.length;
    const bytes = DECODED_BYTES_PER_CHARACTER * key.length;
    this.#nextLevel.push({ state, bytes });
    this.#frontierBytes += bytes;
    return index;
  }

  /** The threads that wait here for something else than a signal or a spurious wake-up. */
  #blockedIn(state: State, enabled: readonly Transition[]): number {
    const movable = new Set(
      enabled
        .filter(({ environment }) => environment === null || environment === 'timeout')
        .map(({ thread }) => thread),
    );
    const threads = this.machine.program.threads.keys();
    return this.blockedSets.intern(
      [...threads].filter(
        (thread) => !movable.has(thread) && this.machine.unfinished(state, thread),
      ),
    );
  }
}
