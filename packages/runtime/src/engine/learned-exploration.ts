// SPDX-License-Identifier: MIT
/**
 * The exhaustive exploration: breadth first over all states, in the naive one's order and with its
 * result, by what has been learned from the interpreter. What is rare is asked of the interpreter
 * itself, on the unpacked state.
 */

import { CHECKPOINT_VERSION, type Checkpoint } from '../explore/checkpoint.ts';
import type { Task } from '../explore/exploration.ts';
import { END_KIND, endEntry, endKind } from '../explore/graph.ts';
import { restoreExploration, savedExploration } from '../explore/saved-exploration.ts';
import type { Sliced } from '../explore/sliced.ts';
import { createContext, interpreterIn } from '../interpreter/interpreter.ts';
import type { Ending } from '../interpreter/machine.ts';
import type { State } from '../interpreter/state.ts';
import type { Program } from '../program/index.ts';
import { BlockedThreads } from './blocked-threads.ts';
import { CompiledExpansion } from './compiled-expansion.ts';
import { leafOf } from './decision-forest.ts';
import { FindingExploration } from './finding-exploration.ts';
import { Learned } from './learned.ts';
import type { LearnedTest } from './learned-tests.ts';
import { LEAF } from './learned-ways.ts';
import { MANY, modelOf } from './model.ts';
import { mayCircle } from './thread-circles.ts';
import { restoredModel, savedForm } from './saved-form.ts';
import { ALL_TAKEN, NOT_BEGUN } from './walker-code.ts';

/** Transitions after which the caller gets a turn. */
const SLICE = 256;
/** In place of a target: the state is not to be entered. Below every set of findings. */
const NO_ROOM = -(2 ** 31);

/** States that are expanded in one form before code is made for it, which takes longer than to expand them. */
const WARM_UP = 500;

/** How an exploration works; its result does not depend on it. */
export interface Manner {
  /** False if only the graph's counts are wanted. */
  readonly keepsGraph: boolean;
  /** States expanded in one form before code is made for it; Infinity for none. */
  readonly warmUp?: number;
  /** Where another exploration of this program was, with the same checks and with a graph or without as this one. */
  readonly from?: Checkpoint | null;
}

export class LearnedExploration extends FindingExploration {
  readonly strategy = 'exhaustive';
  readonly #limits: Task;
  readonly #warmUp: number;
  readonly #blocked: BlockedThreads;
  /** By thread: its leaf in the state that is being expanded. */
  readonly #leaves: number[];
  /** Its entry in the ends table. */
  #end = 0;
  #learned: Learned | null = null;
  /** The number behind the last of them. */
  #levelEnd = 0;
  readonly #isResumed: boolean;

  constructor(program: Program, task: Task, { keepsGraph, warmUp = WARM_UP, from = null }: Manner) {
    const reached = new Set<number>(from?.header.explored.reached);
    const context = createContext(program, reached);
    super(context, interpreterIn(context, reached), task, keepsGraph);
    this.#limits = task;
    this.#warmUp = warmUp;
    const { threads } = program;
    this.#blocked = new BlockedThreads(this.blockedSets, threads.length);
    this.#leaves = threads.map(() => 0);
    this.#isResumed = from !== null;
    if (from !== null) this.#restore(from);
  }

  get frontier(): number {
    return this.graph.states - this.graph.opened;
  }

  get bytes(): number {
    return this.graph.bytes + (this.#learned?.bytes ?? 0);
  }

  /** A state by its number, unpacked. */
  stateAt(state: number): State {
    if (this.#learned === null) throw new RangeError('no state has been entered');
    return this.#learned.model.decode(this.#offset(this.#learned, state));
  }

  /** What was learned before a checkpoint is not known any more. */
  override mayCircle(thread: number): boolean {
    if (this.#learned === null || this.#learned.sequences !== null || this.#isResumed) return true;
    return mayCircle(thread, this.#learned.outcomes.taken);
  }

  /** Good between two turns of the caller and at the end; a state may be expanded in part. */
  override checkpoint(): Checkpoint | null {
    if (this.#learned === null || this.graph.states === 0) return null;
    const { model } = this.#learned;
    return {
      header: {
        version: CHECKPOINT_VERSION,
        program: this.machine.program,
        checks: this.checks,
        keepsGraph: this.graph.keeps,
        explored: savedExploration(this),
        form: savedForm(model),
        depth: this.depth,
        levelEnd: this.#levelEnd,
      },
      tables: { ...this.graph.rows(), vectors: model.store.view() },
    };
  }

  #restore({ header, tables }: Checkpoint): void {
    restoreExploration(this, header.explored, tables);
    this.depth = header.depth;
    this.#levelEnd = header.levelEnd;
    const model = restoredModel(this.context.world, header.form, tables.vectors);
    this.#learned = new Learned(this.context, this.graph, model);
  }

  *run(): Sliced<void> {
    const learned = this.#learned ?? this.#enterFirst();
    if (learned === null || this.stopped) return;
    const compiled = new CompiledExpansion(learned, {
      graph: this.graph,
      blocked: this.#blocked,
      admit: () => this.#admit(learned),
      warmUp: this.#warmUp,
    });
    yield* this.#levels(learned, compiled);
  }

  /** Null if the set-up does not lead to a state. */
  #enterFirst(): Learned | null {
    const first = this.machine.initial();
    if (first.kind === 'finding') this.endInSetUp(first.occurrences);
    if (first.kind === 'limit') this.modelLimit(first.why, first.message);
    if (first.kind !== 'state') return null;
    const model = modelOf(this.context.world, first.state);
    this.#learned = new Learned(this.context, this.graph, model);
    model.store.find();
    this.#enterState(this.#learned);
    return this.#learned;
  }

  *#levels(learned: Learned, compiled: CompiledExpansion): Sliced<void> {
    const { graph } = this;
    let yielded = graph.edges;
    let isTight = graph.states > MANY;
    if (graph.edgesOfOpen !== null) this.#expandRest(learned, graph.edgesOfOpen);
    while (!this.stopped && graph.opened < graph.states) {
      if (graph.opened === this.#levelEnd) this.#beginLevel();
      if (this.stopped) return;
      if (!isTight && graph.states >= MANY) {
        isTight = true;
        learned.model.tighten();
      }
      this.#expand(learned, compiled, graph.opened);
      if (this.stopped) return;
      if (graph.edges - yielded < SLICE) continue;
      if (this.bytes > this.#limits.maxBytes) return this.stop('memory-limit');
      yield graph.edges - yielded;
      yielded = graph.edges;
    }
  }

  #beginLevel(): void {
    this.depth += 1;
    this.#levelEnd = this.graph.states;
    this.maxDepth = Math.max(this.maxDepth, this.depth);
    if (this.bytes > this.#limits.maxBytes) this.stop('memory-limit');
  }

  /** Goes on with a state that a limit stopped at: each way that was taken has an edge. */
  #expandRest(learned: Learned, taken: number): void {
    const state = this.graph.opened - 1;
    this.#ask(learned, state);
    this.#takeFrom(learned, state, taken, Infinity);
    if (!this.stopped) this.graph.close();
  }

  /** Expands a state by generated code, as far as that goes. */
  #expand(learned: Learned, compiled: CompiledExpansion, state: number): void {
    const hasDead = learned.reuse?.hasDead(this.#offset(learned, state)) === true;
    let way = hasDead ? NOT_BEGUN : compiled.expand(state, 0);
    if (way === NOT_BEGUN) {
      this.#begin(learned, state);
      if (endKind(this.#end) !== END_KIND.stuck) this.#takeFrom(learned, state, 0, Infinity);
      compiled.bind();
    }
    while (way >= 0 && !this.stopped) {
      this.#ask(learned, state);
      this.#takeFrom(learned, state, way, 1);
      compiled.bind();
      const next = way + 1;
      way = this.stopped ? ALL_TAKEN : compiled.expand(state, next);
      // States may have got another form, for which there is no code yet.
      if (way === NOT_BEGUN) this.#takeFrom(learned, state, next, Infinity);
    }
    if (!this.stopped) this.graph.close();
  }

  #offset({ model }: Learned, state: number): number {
    return state * model.packing.words;
  }

  /** Finds out what each thread may do; returns the number of ways that are theirs. */
  #ask({ ways, model }: Learned, state: number): number {
    const offset = state * model.packing.words;
    let own = 0;
    for (const thread of this.#leaves.keys()) {
      const leaf = ways.of(thread, offset);
      this.#leaves[thread] = leaf;
      own += ways.leaves.at(leaf, LEAF.own);
    }
    return own;
  }

  /** Begins the expansion of a state. */
  #begin(learned: Learned, state: number): void {
    const { leaves } = learned.ways;
    const own = this.#ask(learned, state);
    let blocked = 0;
    for (const [thread, leaf] of this.#leaves.entries()) {
      if (leaves.at(leaf, LEAF.blocked) === 1) blocked = this.#blocked.with(blocked, thread);
    }
    this.#end = own > 0 ? endEntry(END_KIND.running, 0) : this.#endOf(learned, state);
    this.graph.open(this.#end, this.#blocked.numberOf(blocked));
    if (endKind(this.#end) === END_KIND.final) this.#enterFinal(learned, state);
  }

  /** Takes so many ways from the one at a place on: the threads' own, then the environment's. */
  #takeFrom(learned: Learned, state: number, place: number, count: number): void {
    const { leaves } = learned.ways;
    let at = 0;
    for (const environment of [false, true]) {
      for (const [thread, leaf] of this.#leaves.entries()) {
        const own = leaves.at(leaf, LEAF.own);
        const first = environment ? own : 0;
        const end = environment ? own + leaves.at(leaf, LEAF.environmental) : own;
        for (let way = first; way < end; way += 1, at += 1) {
          if (this.stopped || at >= place + count) return;
          if (at >= place) this.#take(learned, state, thread, way);
        }
      }
    }
  }

  #take(learned: Learned, state: number, thread: number, way: number): void {
    const { outcomes } = learned;
    const number = this.#outcomeOf(learned, state, thread, way);
    const outcome = outcomes.list[number];
    if (outcome === undefined) throw new Error('a way without an outcome');
    const target =
      outcome.kind === 'writes'
        ? this.#goOn(learned, state, thread, number)
        : this.endOfStep(learned, state, number, outcome);
    if (target === NO_ROOM) return;
    const code = outcomes.codes[number] ?? 0;
    if (outcome.kind !== 'writes' || target < 0) this.graph.addEdge(code, target);
    else this.graph.addEdge(code, target, outcomes.marks[number], outcome.others);
  }

  #outcomeOf(
    { model, ways, outcomes }: Learned,
    state: number,
    thread: number,
    way: number,
  ): number {
    const leaf = this.#leaves[thread] ?? 0;
    const offset = state * model.packing.words;
    const root = ways.leaves.at(leaf, LEAF.outcomes) + way;
    const known = model.forest.find(root, model.store.vectors, offset);
    if (known !== 0) return leafOf(known);
    const transition = ways.transition(thread, leaf, way);
    return outcomes.learn({ transition, root, waysRoot: ways.roots[thread] ?? 0 }, offset);
  }

  /** The target of a step that writes; {@link NO_ROOM} if there is none. */
  #goOn(learned: Learned, state: number, thread: number, outcome: number): number {
    const { store } = learned.model;
    write(learned, this.#offset(learned, state), outcome);
    learned.reuse?.apply(store.next);
    learned.sequences?.apply(store.next);
    const known = store.find();
    if (known >= 0) return known;
    if (!areMet(learned.stateTests, store.next)) return this.brokenBy(learned, state, thread);
    return this.#enterState(learned);
  }

  /** For generated code: enters the state behind the last one if that is all there is to do. */
  #admit(learned: Learned): number {
    const { store } = learned.model;
    if (!areMet(learned.stateTests, store.next)) return NO_ROOM;
    if (store.count >= this.#limits.maxStates) return NO_ROOM;
    return this.#enterState(learned);
  }

  /** Enters the state behind the last one, which `find` told to be new. */
  #enterState({ model }: Learned): number {
    if (model.store.count >= this.#limits.maxStates) {
      this.stop('state-limit');
      return NO_ROOM;
    }
    this.graph.addState();
    return model.store.enter();
  }

  /** The entry in the ends table of a state in which no thread has a step of its own. */
  #endOf(learned: Learned, state: number): number {
    const { ways, endTests } = learned;
    const isFinal = this.#leaves.every((leaf) => ways.leaves.at(leaf, LEAF.unfinished) === 0);
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

/** Puts the state that an outcome makes of the one at `offset` behind the last one. */
function write({ model, outcomes }: Learned, offset: number, outcome: number): void {
  const { vectors, next } = model.store;
  const { words } = model.packing;
  const { items } = outcomes.writes;
  for (let k = 0; k < words; k += 1) {
    const at = 2 * (outcome * words + k);
    vectors[next + k] = ((vectors[offset + k] ?? 0) & (items[at] ?? 0)) | (items[at + 1] ?? 0);
  }
}
