// SPDX-License-Identifier: MIT
/** The `eventually` and `leads to` of a scenario, judged on the explored graph, with their counterexamples. */

import type { Machine } from '../interpreter/machine.ts';
import type { Finding, Problem } from '../program/index.ts';
import { encodeSchedule } from '../schedule/codec.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { toFinding } from './counterexamples.ts';
import type { Judgement } from './expectations.ts';
import { endSet } from './graph.ts';
import type { StateGraph } from './graph.ts';
import { KnownFindings } from './known-findings.ts';
import { minimise, minimiseBytes } from './minimise.ts';
import type { Path } from './minimise.ts';
import { distancesToGoodEnd, nearestPassing } from './nearest-passing.ts';
import { obligationBytes, obligations } from './obligations.ts';
import type { Obligations, Truths } from './obligations.ts';
import { problem } from './problem.ts';
import type { Sliced } from './sliced.ts';
import { roundFrom, STARVED, starvedIn } from './starvation.ts';
import type { Starved } from './starvation.ts';
import { starvationOccurrence } from './starvation-occurrence.ts';
import type { Promised } from './starvation-occurrence.ts';
import { visitStates } from './visit-states.ts';
import { lassoWitness, walk } from './witness.ts';

/** What became of them. */
export interface Promises {
  readonly findings: readonly Finding[];
  readonly judgements: readonly Judgement[];
  /** Those whose trigger is true in no state. */
  readonly vacuous: readonly Problem[];
  /** False where there was no room to judge them. */
  readonly judged: boolean;
}

export interface PromiseSearch<State> {
  readonly machine: Machine<State>;
  readonly graph: StateGraph;
  /** With the findings that states show by themselves. */
  readonly ends: Int32Array;
  /** Whether the graph is complete: then counterexamples can be minimal. */
  readonly complete: boolean;
  /** Whether they have the fewest steps instead of the fewest preemptions. */
  readonly shortest: boolean;
  /** Bytes that may still be taken. */
  readonly room: number;
}

/** The promises of a program. */
export function promisesOf<State>({ program }: Machine<State>): readonly Promised[] {
  return program.expectations.flatMap((expectation, index) =>
    expectation.kind === 'eventually' ? [{ index, expectation }] : [],
  );
}

/** By promise: where its conditions are true. Neither true nor false is no fulfilment, but a trigger. */
function* truthsOf<State>(
  { machine, graph }: PromiseSearch<State>,
  promises: readonly Promised[],
): Sliced<readonly Truths[]> {
  const truths = promises.map(() => ({
    met: new Uint8Array(graph.states),
    begins: new Uint8Array(graph.states),
  }));
  yield* visitStates(machine, graph, 'all', (number, state) => {
    for (const [place, { index, expectation }] of promises.entries()) {
      const { met, begins } = truths[place] ?? { met: [], begins: [] };
      met[number] = Number(machine.condition(state, index) === true);
      const begun =
        expectation.trigger === null
          ? number === 0
          : machine.condition(state, index, 'trigger') !== false;
      begins[number] = Number(begun);
    }
  });
  return truths;
}

/** Judges all promises; needs several times the room of the graph, and says so if there is none. */
export function* judgePromises<State>(search: PromiseSearch<State>): Sliced<Promises> {
  const { machine, graph, ends, room } = search;
  const promises = promisesOf(machine);
  const nothing = { findings: [], judgements: [], vacuous: [], judged: true };
  if (promises.length === 0 || graph.states === 0) return nothing;
  const needed = obligationBytes(graph) + graph.states * 2 * (promises.length + 12);
  if (needed > room) return { ...nothing, judged: false };
  const truths = yield* truthsOf(search, promises);
  const found: (readonly [Finding, Judgement])[] = [];
  const vacuous: Problem[] = [];
  for (const [place, promised] of promises.entries()) {
    const truth = truths[place];
    if (truth === undefined) continue;
    vacuous.push(...vacuity(search, promised, truth));
    const owed = yield* obligations(graph, ends, truth);
    const starved = yield* starvedIn(owed, (state) => graph.isExpanded(state));
    if (starved !== null) found.push(yield* shown(search, promised, owed, starved));
  }
  return {
    findings: found.map(([finding]) => finding),
    judgements: found.map(([, judgement]) => judgement),
    vacuous,
    judged: true,
  };
}

function vacuity<State>(
  { complete }: PromiseSearch<State>,
  { expectation: { trigger, text, span } }: Promised,
  { begins }: Truths,
): readonly Problem[] {
  if (!complete || trigger === null || begins.includes(1)) return [];
  const message = `${trigger.text} leads to ${text}: ${trigger.text} is true in no reachable state`;
  return [problem('vacuous', message, span)];
}

/** The starving run that is reached with the fewest preemptions, taken again on the machine. */
function* shown<State>(
  search: PromiseSearch<State>,
  promised: Promised,
  owed: Obligations,
  starved: Starved,
): Sliced<readonly [Finding, Judgement]> {
  const { machine, complete, shortest, room } = search;
  const { program } = machine;
  const toSchedule = (path: Path): Schedule =>
    path.map((edge) => owed.graph.codes.read(owed.graph.code(edge)));
  const fits = obligationBytes(search.graph) + minimiseBytes(owed.graph) <= room;
  const minimal = complete && !shortest && fits;
  const path = yield* wayTo(machine, owed, starved, minimal);
  const last = path.at(-1);
  const round = roundFrom(starved, last === undefined ? 0 : owed.graph.target(last));
  const stem = toSchedule(path);
  const schedule = [...stem, ...toSchedule(round)];
  const { end, preemptions: before } = yield* walk(machine, stem);
  if (end.kind !== 'state') throw new Error('a starving run that leads to no state');
  const occurrence = starvationOccurrence(machine, promised, end.state, toSchedule(round));
  const findings = new KnownFindings(program);
  const known = findings.at(findings.add(occurrence, { state: 0, edge: -1 }));
  const distances = yield* distancesToGoodEnd(
    owed.graph,
    starved.passing,
    (entry) => endSet(entry) !== 0,
  );
  const passing = yield* nearestPassing(owed.graph, distances, path);
  const counterexample = {
    schedule: encodeSchedule(program, schedule),
    minimal,
    preemptions: round.length === 0 ? before : yield* lassoWitness(machine, schedule, stem.length),
    loop: round.length === 0 ? null : stem.length,
    nearestPassing: passing === null ? null : encodeSchedule(program, toSchedule(passing)),
  };
  return [toFinding(program, known, occurrence, counterexample), known];
}

/** A way to a node that starves: the cheapest one, or the one that was met first. */
function* wayTo<State>(
  machine: Machine<State>,
  { graph }: Obligations,
  { ends }: Starved,
  minimal: boolean,
): Sliced<Path> {
  if (!minimal) return graph.pathTo(ends.findIndex((entry) => endSet(entry) === STARVED));
  const findings = new KnownFindings(machine.program);
  const occurrence = { ...NOBODY, span: machine.program.span };
  const set = findings.setOf([findings.add(occurrence, { state: 0, edge: -1 })]);
  if (set !== STARVED) throw new Error('the first set of findings has another number');
  const [path] = yield* minimise({ graph, ends, findings });
  return path ?? [];
}

const NOBODY = {
  key: 'starvation',
  name: 'starvation',
  thread: null,
  object: null,
  within: [],
  message: '',
  waiting: [],
} as const;
