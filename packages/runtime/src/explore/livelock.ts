// SPDX-License-Identifier: MIT
/**
 * Livelocks: weakly fair cycles without steps of the environment, on which a thread takes steps and never
 * passes the head of a `forever` loop. Per thread with such loops its steps past their heads are taken
 * out of the graph, and what remains is asked for fair components; threads without any share one look.
 * A loop that only lasts until a timed wait expires is none.
 */

import type { Machine } from '../interpreter/machine.ts';
import { ClosedWalks } from './closed-walk.ts';
import { fairComponents } from './fair-components.ts';
import type { FairComponents } from './fair-components.ts';
import { endEntry, endKind, endSet } from './graph.ts';
import type { StateGraph } from './graph.ts';
import type { KnownFindings } from './known-findings.ts';
import { livelockOccurrence } from './livelock-occurrence.ts';
import type { Path } from './minimise.ts';
import type { Sliced } from './sliced.ts';
import { TOGETHER } from './sliced.ts';
import { bitOf } from './step-marks.ts';
import { isOwn } from './transition-code.ts';
import { visitStates } from './visit-states.ts';

/** States of a component from which a way round is tried; the shortest is shown. */
const MOST_STARTS = 16;
/** A walk longer than this is taken as it is. */
const LONG = 100;

interface Lasso {
  /** The lowest thread that goes round without getting on. */
  readonly thread: number;
  readonly start: number;
  readonly loop: Path;
}

/** A loop as it is seen from one of its states: it begins with the edge number `turn`. */
interface Turn {
  readonly loop: Path;
  readonly turn: number;
}

/** What the search for counterexamples needs to know about livelocks. */
export interface Livelocks {
  /** The ends table, with the livelocks entered at each state of their loops: these do not end a path. */
  readonly ends: Int32Array;
  /** By finding: by state, the loop that begins there. */
  readonly loops: ReadonlyMap<number, ReadonlyMap<number, Turn>>;
}

/** For a search that does not look for any. */
export function noLivelocks(ends: Int32Array): Livelocks {
  return { ends, loops: new Map() };
}

/** The loop of a finding that begins at a state; empty if there is none. */
export function loopFrom({ loops }: Livelocks, finding: number, state: number): Path {
  const found = loops.get(finding)?.get(state);
  if (found === undefined) return [];
  return [...found.loop.slice(found.turn), ...found.loop.slice(0, found.turn)];
}

export interface LivelockSearch<State> {
  readonly machine: Machine<State>;
  readonly graph: StateGraph;
  readonly ends: Int32Array;
  /** Added to. */
  readonly findings: KnownFindings;
  /** False if it is known that the thread cannot take steps for ever without passing such a head. */
  readonly mayCircle: (thread: number) => boolean;
}

function lowestIn(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}

/** Threads that pass the head of a `forever` somewhere, and whether timed waits expire anywhere. */
function* survey(graph: StateGraph): Sliced<{ meaning: readonly number[]; timeouts: boolean }> {
  let mask = 0;
  let timeouts = false;
  for (let edge = 0; edge < graph.edges; edge += 1) {
    if (edge % TOGETHER === 0) yield TOGETHER;
    mask |= graph.passing(edge);
    if (!isOwn(graph.code(edge))) timeouts = true;
  }
  const threads = Array.from({ length: graph.codes.threads }, (_, thread) => thread);
  return { meaning: threads.filter((thread) => (mask & bitOf(thread)) !== 0), timeouts };
}

/** By fair component in which a thread is lost: its first states, in order of discovery. */
function* startsOf(
  graph: StateGraph,
  components: FairComponents,
): Sliced<ReadonlyMap<number, number[]>> {
  const starts = new Map<number, number[]>();
  for (let state = 0; state < graph.states; state += 1) {
    if (state % TOGETHER === 0) yield TOGETHER;
    const own = components.component[state] ?? 0;
    const known = starts.get(own);
    if (known === undefined) {
      if (components.isFair(own) && components.lost(own) !== 0) starts.set(own, [state]);
    } else if (known.length < MOST_STARTS) known.push(state);
  }
  return starts;
}

/** The shortest of the walks from these states. */
function* shortestWalk(
  walks: ClosedWalks,
  states: readonly number[],
  thread: number,
): Sliced<Lasso> {
  let best: Lasso | null = null;
  for (const start of states) {
    const loop = yield* walks.from(start, thread);
    if (best === null || loop.length < best.loop.length) best = { thread, start, loop };
    if (loop.length > LONG) break;
  }
  if (best === null) throw new Error('a component without a state');
  return best;
}

/**
 * The livelocks with `except` kept from passing its heads. They are named after the lowest thread that
 * is lost in them; one of a thread below `except` is found without that, too.
 */
function* lassosWithout(
  graph: StateGraph,
  except: number | null,
  timeouts: boolean,
): Sliced<readonly Lasso[]> {
  const components = yield* fairComponents(graph, except, false);
  const starts = yield* startsOf(graph, components);
  const lassos: Lasso[] = [];
  if (starts.size === 0) return lassos;
  const lasting = timeouts ? yield* fairComponents(graph, except, true) : components;
  const walks = new ClosedWalks(graph, components);
  for (const [component, states] of starts) {
    const wider = lasting.component[states[0] ?? 0] ?? 0;
    const lost = components.lost(component) & lasting.lost(wider);
    if (lost === 0 || !lasting.isFair(wider)) continue;
    const thread = lowestIn(lost);
    if (except !== null && except !== thread) continue;
    lassos.push(yield* shortestWalk(walks, states, thread));
  }
  return lassos;
}

function* allLassos({ graph, mayCircle }: LivelockSearch<unknown>): Sliced<readonly Lasso[]> {
  const { meaning, timeouts } = yield* survey(graph);
  const lassos: Lasso[] = [];
  for (const except of [null, ...meaning.filter(mayCircle)]) {
    lassos.push(...(yield* lassosWithout(graph, except, timeouts)));
  }
  return lassos;
}

/** Enters a lasso's finding at all states of its loop, each with the loop as it is seen from there. */
function enter(
  { graph, findings }: LivelockSearch<unknown>,
  { loop }: Lasso,
  number: number,
  ends: Int32Array,
  turns: Map<number, Turn>,
): void {
  for (const [turn, edge] of loop.entries()) {
    const state = graph.source(edge);
    if (turns.has(state)) continue;
    turns.set(state, { loop, turn });
    const entry = ends[state] ?? 0;
    const set = findings.setOf([...findings.inSet(endSet(entry)), number]);
    ends[state] = endEntry(endKind(entry), set);
  }
}

/** Finds all livelocks and enters them. */
export function* livelocks<State>(search: LivelockSearch<State>): Sliced<Livelocks> {
  const { machine, graph, findings } = search;
  const ends = search.ends.slice();
  const loops = new Map<number, Map<number, Turn>>();
  const lassos = yield* allLassos(search);
  const states = new Map<number, State>();
  const chosen = new Set(lassos.map(({ start }) => start));
  yield* visitStates(machine, graph, chosen, (index, state) => states.set(index, state));
  for (const lasso of lassos) {
    yield;
    const state = states.get(lasso.start);
    if (state === undefined) throw new Error('the beginning of a loop was not visited');
    const schedule = lasso.loop.map((edge) => graph.codes.read(graph.code(edge)));
    const passing = lasso.loop.reduce((mask, edge) => mask | graph.passing(edge), 0);
    const occurrence = livelockOccurrence(machine, state, { ...lasso, schedule, passing });
    const number = findings.add(occurrence, { state: lasso.start, edge: -1 });
    const turns = loops.get(number) ?? new Map<number, Turn>();
    loops.set(number, turns);
    enter(search, lasso, number, ends, turns);
  }
  return { ends, loops };
}
