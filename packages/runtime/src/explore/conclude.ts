// SPDX-License-Identifier: MIT
/**
 * From an exploration, finished or not, to the verdict: partial deadlocks, livelocks, counterexamples,
 * conditions, expectations. Leaves the exploration as it is, so that one that goes on can be asked in between.
 */

import type { Machine } from '../interpreter/machine.ts';
import type { Coverage, Finding, Problem, Program, Verdict } from '../program/index.ts';
import { checkRows } from '../program/index.ts';
import { assumptionsOf, neverSatisfied } from './assumptions.ts';
import { counterexamples } from './counterexamples.ts';
import { notFound } from './expectations.ts';
import type { FindingGraph } from './minimise.ts';
import { namesBounds } from './named-bounds.ts';
import type { Exploration } from './exploration.ts';
import { livelocks, noLivelocks } from './livelock.ts';
import { partialDeadlocks } from './partial-deadlock.ts';
import { problem } from './problem.ts';
import type { Promises } from './promises.ts';
import { judgePromises, promisesOf } from './promises.ts';
import { hiddenSpans, reachedPairs, unreachedReached } from './reached.ts';
import type { Sliced } from './sliced.ts';

/**
 * What no `eventually` asks about, checks that nobody has built yet, those that this program switches off,
 * and counters that cannot be judged.
 */
function notChecked<State>(
  { machine, checks }: Exploration<State>,
  promisesJudged: boolean,
): readonly string[] {
  const { counters } = machine.program;
  const asked = promisesJudged && promisesOf(machine).length > 0;
  const off = checkRows.filter(({ name }) => !checks.includes(name));
  const unheld = counters.filter(({ holders }) => holders === null).map(({ name }) => name);
  return [
    ...(asked ? [] : ['starvation']),
    ...off.map(({ name }) => name.replaceAll('_', ' ')),
    ...(unheld.length === 0 ? [] : [`leaked references: ${unheld.join(', ')} (no held_by)`]),
    'notifier and range contracts',
  ];
}

function coverageOf<State>(exploration: Exploration<State>, exhaustive: boolean): Coverage {
  return {
    strategy: exploration.machine.limited?.why ?? exploration.strategy,
    ...exploration.counts,
    maxDepth: exploration.maxDepth,
    exhaustive: exhaustive && exploration.machine.limited === undefined,
    bounds: exploration.machine.limited?.texts ?? [],
    finalStates: exploration.finals.count,
  };
}

/** What the expectations make of it: known failures first, then what is not known, then success. */
function outcomeOf(
  findings: readonly Finding[],
  unmet: readonly Problem[],
  enough: boolean,
): Verdict['outcome'] {
  const unexpected = findings.some(({ fails, expectedBy }) => fails && expectedBy === null);
  if (unexpected || unmet.length > 0) return 'failed';
  return enough ? 'passed' : 'inconclusive';
}

/** A finding is a fact, whatever was left unexplored; without one, a gap is never success. */
function kindOf(findings: readonly Finding[], why: string | null): Verdict['kind'] {
  if (findings.some(({ fails }) => fails)) return 'violated';
  return why === null ? 'holds' : 'inconclusive';
}

/** Expectations not met. After a `complete` search, up to bounds that they name, what was not seen counts. */
function unmetExpectations<State>(
  exploration: Exploration<State>,
  { findings }: FindingGraph,
  promises: Promises,
  complete: boolean,
): readonly Problem[] {
  const { machine, finals } = exploration;
  const { program } = machine;
  const seen = unreachedReached(program, machine.reached);
  const wrong = complete ? (machine.limited?.problems() ?? []) : [];
  if (wrong.length > 0) return wrong;
  if (!complete || !namesBounds(program, machine.limited)) return seen;
  const missing = notFound(program, [...findings.list, ...promises.judgements], exploration.checks);
  const vacuous = [...promises.vacuous, ...neverSatisfied(program, machine.reached)];
  const idle = findings.list.length === 0 ? nothingRuns(program) : [];
  return [...missing, ...finals.problems(), ...vacuous, ...idle, ...seen];
}

/** Without a thread there is no schedule that could go wrong. */
function nothingRuns({ threads, span }: Program): readonly Problem[] {
  return threads.length > 0 ? [] : [problem('vacuous', 'no thread runs in this scenario', span)];
}

function modelLimits<State>({ machine, modelLimits: limits }: Exploration<State>): Problem[] {
  return [...limits].map(([message, why]) => problem(why, message, machine.program.span));
}

/** Nothing is known of promises, if there are any. */
function unjudged<State>(machine: Machine<State>): Promises {
  const judged = promisesOf(machine).length === 0;
  return { findings: [], judgements: [], vacuous: [], judged };
}

/** The fewest preemptions or steps may be those of a schedule that the bounds leave out. */
function inBounds<State>(finding: Finding, { limited }: Machine<State>): Finding {
  if (limited === undefined || limited.keepsMinimal) return finding;
  return { ...finding, counterexample: { ...finding.counterexample, minimal: false } };
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
  const explored = (stopped ?? exploration.incomplete) === null;
  // A cheaper schedule may have more steps than are asked for; the first one found has the fewest.
  const shortest = (machine.limited?.deepest ?? null) !== null;
  const how = { minimisable: explored && !shortest, maxBytes };
  const found = yield* (
    exploration.counterexamples() ?? counterexamples(exploration, place, loops, how)
  );
  const room = maxBytes - exploration.bytes;
  const promises = exploration.judgesRuns
    ? yield* judgePromises({ machine, ...place, complete: explored, shortest, room })
    : unjudged(machine);
  const findings = [...found, ...promises.findings].map((finding) => inBounds(finding, machine));
  const unasked = exploration.judgesRuns ? 'memory-limit' : 'promises-not-judged';
  const incomplete = stopped ?? exploration.incomplete ?? (promises.judged ? null : unasked);
  const complete = incomplete === null;
  const unmet = unmetExpectations(exploration, place, promises, complete);
  const vacuous = unmet.some(({ name }) => name === 'vacuous');
  const why = incomplete ?? machine.limited?.why ?? (vacuous ? 'vacuous' : null);
  return {
    kind: kindOf(findings, why),
    why,
    assumptions: assumptionsOf(program),
    notChecked: notChecked(exploration, promises.judged),
    coverage: coverageOf(exploration, complete),
    findings,
    problems: [...unmet, ...modelLimits(exploration)],
    reached: reachedPairs(machine.reached),
    hidden: hiddenSpans(program, hiddenBehind, machine.reached),
    outcome: outcomeOf(findings, unmet, complete && namesBounds(program, machine.limited)),
  };
}

/** The verdict where the machine or the search contradicts itself: our own mistake. */
export function brokenVerdict<State>(exploration: Exploration<State>, message: string): Verdict {
  return {
    kind: 'broken',
    why: message,
    assumptions: assumptionsOf(exploration.machine.program),
    notChecked: notChecked(exploration, false),
    coverage: coverageOf(exploration, false),
    findings: [],
    problems: [],
    reached: [],
    hidden: [],
    outcome: 'broken',
  };
}
