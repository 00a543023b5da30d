// SPDX-License-Identifier: MIT
/**
 * From an exploration, finished or not, to the verdict: partial deadlocks, livelocks, counterexamples,
 * conditions, expectations. Leaves the exploration as it is, so that one that goes on can be asked in between.
 */

import type { Coverage, Finding, Problem, Program, Verdict } from '../program/index.ts';
import { checkRows } from '../program/index.ts';
import { counterexamples } from './counterexamples.ts';
import { notFound } from './expectations.ts';
import type { FindingGraph } from './minimise.ts';
import type { Exploration } from './exploration.ts';
import { livelocks, noLivelocks } from './livelock.ts';
import { partialDeadlocks } from './partial-deadlock.ts';
import { problem } from './problem.ts';
import { hiddenSpans, reachedPairs, unreachedReached } from './reached.ts';
import type { Sliced } from './sliced.ts';

/** Checks that nobody has built yet, those that are switched off, and counters that cannot be judged. */
function notChecked<State>({ machine, checks }: Exploration<State>): readonly string[] {
  const { counters } = machine.program;
  const off = checkRows.filter(({ name }) => !checks.includes(name));
  const unheld = counters.filter(({ holders }) => holders === null).map(({ name }) => name);
  return [
    'starvation',
    ...off.map(({ name }) => name.replaceAll('_', ' ')),
    ...(unheld.length === 0 ? [] : [`leaked references: ${unheld.join(', ')} (no held_by)`]),
    'notifier and range contracts',
  ];
}

/** What a verdict on this program takes for granted. */
function assumptionsOf({ environment, lockRules }: Program): readonly string[] {
  const assumptions: string[] = [];
  if (!environment.signals) assumptions.push('no signals');
  if (!environment.spuriousWakeups) assumptions.push('no spurious wake-ups');
  if (!environment.allocationFailure) assumptions.push('no allocation failure');
  if (!lockRules.readersOvertake) assumptions.push('readers never overtake queued writers');
  return assumptions;
}

function coverageOf<State>(exploration: Exploration<State>, exhaustive: boolean): Coverage {
  return {
    strategy: exploration.strategy,
    states: exploration.graph.states,
    transitions: exploration.graph.edges,
    maxDepth: exploration.maxDepth,
    exhaustive,
    bounds: [],
    finalStates: exploration.finals.count,
  };
}

/** What the expectations make of it: known failures first, then what is not known, then success. */
function outcomeOf(
  findings: readonly Finding[],
  unmet: readonly Problem[],
  why: string | null,
): Verdict['outcome'] {
  const unexpected = findings.some(({ fails, expectedBy }) => fails && expectedBy === null);
  if (unexpected || unmet.length > 0) return 'failed';
  return why === null ? 'passed' : 'inconclusive';
}

/** A finding is a fact, whatever was left unexplored; without one, a gap is never success. */
function kindOf(findings: readonly Finding[], why: string | null): Verdict['kind'] {
  if (findings.some(({ fails }) => fails)) return 'violated';
  return why === null ? 'holds' : 'inconclusive';
}

/** Expectations not met: `complete` ones may be judged by what was not seen. */
function unmetExpectations<State>(
  exploration: Exploration<State>,
  { findings }: FindingGraph,
  complete: boolean,
): readonly Problem[] {
  const { machine, finals } = exploration;
  const { program } = machine;
  const seen = unreachedReached(program, machine.reached);
  if (!complete) return seen;
  return [...notFound(program, findings.list), ...finals.problems(), ...seen];
}

function modelLimits<State>({ machine, modelLimits: limits }: Exploration<State>): Problem[] {
  return [...limits].map(([message, why]) => problem(why, message, machine.program.span));
}

/**
 * The verdict.
 *
 * @param stopped why the exploration was not finished, if it was not
 * @param maxBytes bound of the tables; more than that is not spent on minimal counterexamples
 */
export function* conclude<State>(
  exploration: Exploration<State>,
  stopped: string | null,
  maxBytes: number,
): Sliced<Verdict> {
  const { machine, graph } = exploration;
  const { program } = machine;
  const incomplete = stopped ?? exploration.incomplete;
  const place = { graph, ends: graph.ends(), findings: exploration.findings.copy() };
  const hiddenBehind = new Set(exploration.hiddenBehind);
  const { blockedSets } = exploration;
  const { checks } = exploration;
  if (checks.includes('partial_deadlock')) {
    yield* partialDeadlocks({ ...place, machine, blockedSets, hiddenBehind });
  }
  const loops = checks.includes('livelock')
    ? yield* livelocks({ ...place, machine, mayCircle: (thread) => exploration.mayCircle(thread) })
    : noLivelocks(place.ends);
  const complete = incomplete === null;
  const how = { minimisable: complete, maxBytes };
  const findings = yield* counterexamples(exploration, place, loops, how);
  const unmet = unmetExpectations(exploration, place, complete);
  const vacuous = unmet.some(({ name }) => name === 'vacuous');
  const why = incomplete ?? (vacuous ? 'vacuous' : null);
  return {
    kind: kindOf(findings, why),
    why,
    assumptions: assumptionsOf(program),
    notChecked: notChecked(exploration),
    coverage: coverageOf(exploration, complete),
    findings,
    problems: [...unmet, ...modelLimits(exploration)],
    reached: reachedPairs(machine.reached),
    hidden: hiddenSpans(program, hiddenBehind, machine.reached),
    outcome: outcomeOf(findings, unmet, why),
  };
}

/** The verdict where the machine or the search contradicts itself: our own mistake. */
export function brokenVerdict<State>(exploration: Exploration<State>, message: string): Verdict {
  return {
    kind: 'broken',
    why: message,
    assumptions: assumptionsOf(exploration.machine.program),
    notChecked: notChecked(exploration),
    coverage: coverageOf(exploration, false),
    findings: [],
    problems: [],
    reached: [],
    hidden: [],
    outcome: 'broken',
  };
}
