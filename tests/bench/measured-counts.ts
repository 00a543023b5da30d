// SPDX-License-Identifier: MIT
/** Counts what the comment of a bench scenario speaks of. */

import { createInterpreter } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import {
  countSchedules,
  countTraces,
  delays,
  exhaustiveGraph,
  type GraphMeasures,
  measureGraph,
  preemptions,
  type Price,
  stopsAtFailures,
  wholeGraph,
  withDeadLocals,
} from '@hmmlab/runtime/testing';
import type { Bounded, Counts, Expected, Traces } from './expected-counts.ts';

type Graph = ReturnType<typeof wholeGraph>;

export type Strategy = 'naive' | 'exhaustive';

/**
 * The counts that are expected, as they are.
 *
 * @param strategy of programs without assertions: states of failed ones are only known to the naive search
 */
export function measured(program: Program, expected: Expected, strategy: Strategy): Counts {
  if (expected.counts.traces !== undefined) return { traces: tracesOf(program) };
  const { graph, measures } = explored(
    expected.deadLocals ? withDeadLocals(program) : program,
    strategy,
  );
  const { counts } = expected;
  const threads = program.threads.length;
  return {
    ...picked(measures, counts),
    ...(counts.schedules && { schedules: countSchedules(graph) }),
    ...(counts.preemptions && { preemptions: leastBound(graph, preemptions) }),
    ...(counts.delays && { delays: leastBound(graph, delays(threads)) }),
  };
}

/** A schedule that is walked without coming to an end of its own is a mistake. */
function tracesOf(program: Program): Traces {
  const { all, wrong, wasted } = countTraces(program);
  if (wasted > 0) throw new Error(`${wasted} schedules were walked in vain`);
  return { all, wrong };
}

/** The whole graph is that without invariants, for a broken one ends its schedules; the error is that with them. */
function explored(
  program: Program,
  strategy: Strategy,
): { readonly graph: Graph; readonly measures: GraphMeasures } {
  const asserts = program.procs.some(({ code }) => code.some(({ op }) => op === 'assert'));
  if (asserts) {
    const graph = wholeGraph(stopsAtFailures(program, createInterpreter));
    return { graph, measures: measureGraph(graph) };
  }
  const explore = (one: Program): Graph =>
    strategy === 'naive' ? wholeGraph(createInterpreter(one)) : exhaustiveGraph(one);
  const checked = explore(program);
  const measures = measureGraph(checked);
  if (measures.broken === 0) return { graph: checked, measures };
  const graph = explore({ ...program, invariants: [] });
  return { graph, measures: { ...measureGraph(graph), error: measures.error } };
}

function picked(measures: GraphMeasures, counts: Counts): Counts {
  const entries = Object.entries(measures).filter(([key]) => key in counts);
  return Object.fromEntries(entries);
}

/** Only asked where there is a wrong schedule. */
function leastBound(graph: Graph, price: Price): Bounded {
  for (let bound = 0; ; bound += 1) {
    const schedules = countSchedules(graph, price, bound);
    if (schedules.wrong > 0n) return { bound, ...schedules };
    if (schedules.all === countSchedules(graph).all) throw new Error('no schedule is wrong');
  }
}
