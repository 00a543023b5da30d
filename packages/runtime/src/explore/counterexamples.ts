// SPDX-License-Identifier: MIT
/** The second pass: for each finding its counterexample, its words, and the nearest schedule that passes. */

import { findingCode } from '../program/findings.ts';
import type { Machine, Occurrence } from '../interpreter/machine.ts';
import type { Counterexample, Finding, Program } from '../program/index.ts';
import { encodeSchedule } from '../schedule/codec.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { endSet } from './graph.ts';
import type { KnownFinding, KnownFindings } from './known-findings.ts';
import type { FindingGraph, Path } from './minimise.ts';
import { minimise, minimiseBytes } from './minimise.ts';
import type { Exploration } from './exploration.ts';
import { distancesToGoodEnd, nearestPassing } from './nearest-passing.ts';
import type { Livelocks } from './livelock.ts';
import { loopFrom } from './livelock.ts';
import type { Sliced } from './sliced.ts';
import type { Witness } from './witness.ts';
import { lassoWitness, witness } from './witness.ts';

interface Ways {
  readonly paths: readonly Path[];
  readonly minimal: boolean;
}

/** The way on which breadth-first search met the finding. */
function firstWay({ graph }: FindingGraph, { place }: KnownFinding): Path {
  if (place.state < 0) return [];
  const path = graph.pathTo(place.state);
  return place.edge < 0 ? path : [...path, place.edge];
}

function* ways(place: FindingGraph, ends: Int32Array, minimisable: boolean): Sliced<Ways> {
  const { graph, findings } = place;
  const minimal = graph.states === 0 || minimisable;
  if (graph.states > 0 && minimisable) {
    return { paths: yield* minimise({ ...place, ends }), minimal };
  }
  return { paths: findings.list.map((finding) => firstWay(place, finding)), minimal };
}

/** Distances to a good end: without failures, and without any reports either; each made when needed. */
class GoodEnds {
  readonly #place: FindingGraph;
  readonly #known = new Map<boolean, Int32Array>();

  constructor(place: FindingGraph) {
    this.#place = place;
  }

  /** For a finding that is only a report, a good end is one without it: without any report. */
  *distances(reportsAreBad: boolean): Sliced<Int32Array> {
    const known = this.#known.get(reportsAreBad);
    if (known !== undefined) return known;
    const { graph, ends, findings } = this.#place;
    const distances = yield* distancesToGoodEnd(graph, ends, (end) =>
      findings.inSet(endSet(end)).some((finding) => reportsAreBad || findings.at(finding).fails),
    );
    this.#known.set(reportsAreBad, distances);
    return distances;
  }
}

function codeOf(name: string): string {
  const code = findingCode(name);
  if (code === undefined) throw new Error(`no code for the finding ${name}`);
  return code;
}

/** A finding in the words of its witness, names instead of numbers. */
export function toFinding(
  program: Program,
  { expectedBy, fails }: KnownFinding,
  { name, thread, object, within, span, message, waiting }: Occurrence,
  counterexample: Counterexample,
): Finding {
  const threadName = thread === null ? null : (program.threads[thread]?.name ?? null);
  const place = { thread: threadName, object, within, span };
  return {
    code: codeOf(name),
    name,
    ...place,
    message,
    waiting,
    expectedBy,
    fails,
    counterexample,
  };
}

/** The state in which a way ends that leads to a state. */
function endOf({ graph }: FindingGraph, path: Path): number {
  const last = path.at(-1);
  return last === undefined ? 0 : graph.target(last);
}

/**
 * All findings of an exploration as the verdict lists them.
 *
 * @param livelocks loops to be shown with the findings that have one
 * @param minimisable whether the graph is complete
 * @param maxBytes bounds the search for minimal ones
 */
export function* counterexamples<State>(
  exploration: Exploration<State>,
  place: FindingGraph,
  livelocks: Livelocks,
  { minimisable, maxBytes }: { readonly minimisable: boolean; readonly maxBytes: number },
): Sliced<readonly Finding[]> {
  const { machine, graph } = exploration;
  const { program } = machine;
  const { findings } = place;
  if (findings.list.length === 0) return [];
  const fits = exploration.bytes + minimiseBytes(graph) <= maxBytes;
  const { paths, minimal } = yield* ways(place, livelocks.ends, minimisable && fits);
  const goodEnds = new GoodEnds(place);
  const toSchedule = (path: Path): Schedule =>
    path.map((edge) => graph.codes.read(graph.code(edge)));
  const result: Finding[] = [];
  for (const [number, known] of findings.list.entries()) {
    const path = paths[number] ?? [];
    const loop = loopFrom(livelocks, number, endOf(place, path));
    const schedule = toSchedule([...path, ...loop]);
    const shown = yield* shownBy(machine, findings, known, schedule, path.length);
    const distances = yield* goodEnds.distances(!known.fails);
    const passing = yield* nearestPassing(graph, distances, path);
    const counterexample = {
      schedule: encodeSchedule(program, schedule),
      minimal,
      preemptions: shown.preemptions,
      loop: loop.length === 0 ? null : path.length,
      nearestPassing: passing === null ? null : encodeSchedule(program, toSchedule(passing)),
    };
    result.push(toFinding(program, known, shown.occurrence, counterexample));
  }
  return result;
}

/** The proof on the machine. A livelock is told by its whole loop, so its words are known before. */
function* shownBy<State>(
  machine: Machine<State>,
  findings: KnownFindings,
  known: KnownFinding,
  schedule: Schedule,
  loop: number,
): Sliced<Witness> {
  if (known.occurrence.name === 'livelock') {
    const preemptions = yield* lassoWitness(machine, schedule, loop);
    return { occurrence: known.occurrence, preemptions };
  }
  const isShown = (shown: Occurrence): boolean => findings.isOf(known, shown);
  return yield* witness(machine, isShown, known.blockedThread, schedule);
}
