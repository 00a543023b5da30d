// SPDX-License-Identifier: MIT
/**
 * The exhaustive exploration: breadth first over all states, in the naive one's order and with its
 * result, by what has been learned from the interpreter. What is rare is asked of the interpreter
 * itself, on the unpacked state.
 */

import { positionNumber } from '../explore/control-flow.ts';
import { isExpectedFailure } from '../explore/expectations.ts';
import type { Limits } from '../explore/exploration.ts';
import { Exploration } from '../explore/exploration.ts';
import { END_KIND, endEntry, LIMIT_TARGET, targetOfSet } from '../explore/graph.ts';
import type { Sliced } from '../explore/sliced.ts';
import { checkState } from '../interpreter/check-state.ts';
import { interpreterIn } from '../interpreter/interpreter.ts';
import type { Ending, Occurrence, Transition } from '../interpreter/machine.ts';
import type { State } from '../interpreter/state.ts';
import { viewOf } from '../interpreter/state-view.ts';
import type { StepContext } from '../interpreter/step.ts';
import { BlockedThreads } from './blocked-threads.ts';
import { Learned } from './learned.ts';
import type { LearnedTest } from './learned-tests.ts';

/** Transitions after which the caller gets a turn. */
const SLICE = 256;
/** A step of a state that broke a test leads to no state. */
const NO_STATE = -2;
const NO_ROOM = -3;

/** Occurrences that have been entered. */
interface Shown {
  readonly set: number;
  /** One of them is expected: where threads stand then is hidden behind it. */
  readonly hides: boolean;
}

export class LearnedExploration extends Exploration<State> {
  readonly strategy = 'exhaustive';
  readonly #context: StepContext;
  readonly #limits: Limits;
  readonly #blocked: BlockedThreads;
  /** By thread: its leaf in the state that is being expanded. */
  readonly #leaves: number[] = [];
  /** By outcome that is a finding: what was entered for it. */
  readonly #shown: Shown[] = [];
  /** By thread: numbers of its values whose positions are known to be hidden. */
  readonly #hidden: readonly Set<number>[];
  #learned: Learned | null = null;
  #depth = 0;

  constructor(context: StepContext, reached: ReadonlySet<number>, limits: Limits) {
    super(interpreterIn(context, reached));
    this.#context = context;
    this.#limits = limits;
    const { threads } = context.world.program;
    this.#blocked = new BlockedThreads(this.blockedSets, threads.length);
    this.#hidden = threads.map(() => new Set());
  }

  get frontier(): number {
    return this.graph.states - this.graph.opened;
  }

  get bytes(): number {
    return this.graph.bytes + (this.#learned?.bytes ?? 0);
  }

  *run(): Sliced<void> {
    const first = this.machine.initial();
    if (first.kind === 'finding') this.endInSetUp(first.occurrences);
    if (first.kind === 'limit') this.modelLimit(first.why, first.message);
    if (first.kind !== 'state') return;
    const learned = new Learned(this.#context, this.graph, first.state);
    this.#learned = learned;
    if (this.#discover(learned, -1) === NO_ROOM) return;
    yield* this.#levels(learned);
  }

  *#levels(learned: Learned): Sliced<void> {
    const { graph } = this;
    let yielded = 0;
    for (; graph.opened < graph.states; this.#depth += 1) {
      this.maxDepth = Math.max(this.maxDepth, this.#depth);
      const levelEnd = graph.states;
      while (graph.opened < levelEnd) {
        this.#expand(learned, graph.opened);
        if (this.bytes > this.#limits.maxBytes) this.stop('memory-limit');
        if (this.stopped) return;
        if (graph.edges - yielded < SLICE) continue;
        yield graph.edges - yielded;
        yielded = graph.edges;
      }
    }
  }

  #expand(learned: Learned, state: number): void {
    const { graph } = this;
    const { ways } = learned;
    const { threads } = this.machine.program;
    let own = 0;
    let environmental = 0;
    let blocked = 0;
    for (let thread = 0; thread < threads.length; thread += 1) {
      const leaf = ways.of(thread, this.#offset(learned, state));
      this.#leaves[thread] = leaf;
      own += ways.own[leaf] ?? 0;
      environmental += ways.environment[leaf]?.length ?? 0;
      if (ways.blocked[leaf] === 1) blocked = this.#blocked.with(blocked, thread);
    }
    const end = own > 0 ? endEntry(END_KIND.running, 0) : this.#end(learned, state);
    graph.open(end, this.#blocked.numberOf(blocked));
    if ((end & 3) === END_KIND.final) this.#enterFinal(learned, state);
    if ((end & 3) !== END_KIND.stuck) {
      for (let thread = 0; thread < threads.length && !this.stopped; thread += 1) {
        this.#takeOwn(learned, state, thread);
      }
      if (environmental > 0) this.#takeEnvironmental(learned, state);
    }
    if (!this.stopped) graph.close();
  }

  #offset({ model }: Learned, state: number): number {
    return state * model.packing.words;
  }

  #takeOwn(learned: Learned, state: number, thread: number): void {
    const { ways } = learned;
    const leaf = this.#leaves[thread] ?? 0;
    const count = ways.own[leaf] ?? 0;
    const first = ways.outcomes[leaf] ?? 0;
    for (let way = 0; way < count && !this.stopped; way += 1) {
      this.#take(learned, state, thread, first + way);
    }
  }

  #takeEnvironmental(learned: Learned, state: number): void {
    const { ways } = learned;
    for (const thread of this.machine.program.threads.keys()) {
      const leaf = this.#leaves[thread] ?? 0;
      const first = (ways.outcomes[leaf] ?? 0) + (ways.own[leaf] ?? 0);
      for (const way of ways.environment[leaf]?.keys() ?? []) {
        if (this.stopped) return;
        this.#take(learned, state, thread, first + way);
      }
    }
  }

  #take(learned: Learned, state: number, thread: number, root: number): void {
    const { model, outcomes } = learned;
    const { store } = model;
    const known = model.forest.find(root, store.vectors, this.#offset(learned, state));
    const outcome = known === 0 ? this.#learn(learned, state, thread, root) : -1 - known;
    const code = outcomes.codes[outcome] ?? 0;
    const marks = outcomes.marks[outcome] ?? 0;
    const first = outcomes.first[outcome] ?? -1;
    if (first < 0) {
      this.graph.addEdge(code, this.#endOfStep(learned, state, outcome), marks);
      return;
    }
    this.#write(learned, state, first, outcomes.end[outcome] ?? 0);
    let target = this.#discover(learned, thread);
    if (target === NO_ROOM) return;
    if (target === NO_STATE) target = this.#brokenBy(learned, state, thread);
    this.graph.addEdge(code, target, marks);
  }

  #learn(learned: Learned, state: number, thread: number, root: number): number {
    const { ways, outcomes } = learned;
    const leaf = this.#leaves[thread] ?? 0;
    const transition = this.#transition(learned, thread, root - (ways.outcomes[leaf] ?? 0));
    const way = { transition, root, waysRoot: ways.roots[thread] ?? 0 };
    return outcomes.learn(way, this.#offset(learned, state));
  }

  #transition({ ways }: Learned, thread: number, way: number): Transition {
    const leaf = this.#leaves[thread] ?? 0;
    const own = ways.own[leaf] ?? 0;
    if (way < own) return { thread, alternative: way, environment: null };
    const environment = ways.environment[leaf]?.[way - own] ?? null;
    return { thread, alternative: 0, environment };
  }

  /** Puts the state that an outcome makes of a state behind the last one. */
  #write({ model, outcomes, reuse }: Learned, state: number, first: number, end: number): void {
    const { store, packing } = model;
    const { vectors, next } = store;
    const { words } = packing;
    const { writes } = outcomes;
    const from = state * words;
    for (let k = 0; k < words; k += 1) vectors[next + k] = vectors[from + k] ?? 0;
    for (let i = first; i < end; i += 3) {
      const place = next + (writes[i] ?? 0);
      vectors[place] = ((vectors[place] ?? 0) & (writes[i + 1] ?? 0)) | (writes[i + 2] ?? 0);
    }
    reuse?.apply(next);
  }

  /** The number of the state behind the last one, new or known; or why it gets none. */
  #discover({ model, stateTests }: Learned, thread: number): number {
    const { store } = model;
    const known = store.find();
    if (known >= 0) return known;
    // The initial state has been checked with the set-up.
    if (thread >= 0) {
      const { next } = store;
      for (const test of stateTests) if (!test.of(next)) return NO_STATE;
    }
    if (store.count >= this.#limits.maxStates) {
      this.stop('state-limit');
      return NO_ROOM;
    }
    this.graph.addState(thread < 0 ? -1 : this.graph.edges);
    return store.enter();
  }

  /** The target of a step to the state behind the last one, which breaks a test. */
  #brokenBy(learned: Learned, state: number, thread: number): number {
    const { model } = learned;
    const next = viewOf(model.decode(model.store.next));
    const before = model.decode(this.#offset(learned, state));
    const { world } = this.#context;
    const occurrences = checkState(world, next, thread, before.threads[thread]);
    return this.#showStep(before, occurrences);
  }

  #showStep(before: State, occurrences: readonly Occurrence[]): number {
    if (occurrences.length === 0) throw new Error('a step that ends in a finding names none');
    this.maxDepth = Math.max(this.maxDepth, this.#depth + 1);
    const place = { state: this.graph.opened - 1, edge: this.graph.edges };
    return targetOfSet(this.enter(occurrences, before, place));
  }

  /** The target of a step that leads to no state. */
  #endOfStep(learned: Learned, state: number, number: number): number {
    const outcome = learned.outcomes.list[number];
    switch (outcome?.kind) {
      case 'limit':
        this.modelLimit(outcome.why, outcome.message);
        return LIMIT_TARGET;
      case 'finding':
        return this.#findingOfStep(learned, state, number, outcome.occurrences);
      case 'writes':
      case undefined:
        throw new Error('a step that leads to a state has no end');
    }
  }

  #findingOfStep(
    learned: Learned,
    state: number,
    number: number,
    occurrences: readonly Occurrence[],
  ): number {
    const offset = this.#offset(learned, state);
    const known = this.#shown[number];
    if (known === undefined) {
      const target = this.#showStep(learned.model.decode(offset), occurrences);
      const set = -1 - target;
      const hides = this.findings.inSet(set).some((at) => isExpectedFailure(this.findings.at(at)));
      this.#shown[number] = { set, hides };
      return target;
    }
    this.maxDepth = Math.max(this.maxDepth, this.#depth + 1);
    if (known.hides) this.#hide(learned, offset);
    return targetOfSet(known.set);
  }

  /** Adds the positions of all threads to those hidden behind expected findings. */
  #hide({ model }: Learned, offset: number): void {
    const read = model.reader(offset);
    for (const [thread, seen] of this.#hidden.entries()) {
      const value = read(thread);
      if (seen.has(value)) continue;
      seen.add(value);
      for (const { proc, pc } of model.fields.thread(thread).at(value).frames) {
        this.hiddenBehind.add(positionNumber(proc, pc));
      }
    }
  }

  /** The entry in the ends table of a state in which no thread has a step of its own. */
  #end(learned: Learned, state: number): number {
    const { ways, endTests } = learned;
    const isFinal = this.#leaves.every((leaf) => ways.unfinished[leaf] === 0);
    if (isFinal && areMet(endTests, this.#offset(learned, state))) {
      return endEntry(END_KIND.final, 0);
    }
    const decoded = learned.model.decode(this.#offset(learned, state));
    const ending = this.machine.ending(decoded, this.machine.enabled(decoded));
    return endEntry(END_KIND[ending.kind], this.#enterEnd(decoded, state, ending));
  }

  #enterEnd(decoded: State, state: number, ending: Ending): number {
    return this.enter(this.shownBy(decoded, ending), decoded, { state, edge: -1 });
  }

  #enterFinal(learned: Learned, state: number): void {
    const offset = this.#offset(learned, state);
    this.finals.add((index) => learned.sometimes[index]?.of(offset) ?? false);
  }
}

function areMet(tests: readonly LearnedTest[], offset: number): boolean {
  return tests.every((test) => test.of(offset));
}
