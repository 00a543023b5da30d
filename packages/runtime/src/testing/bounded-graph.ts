// SPDX-License-Identifier: MIT
/** Small graph machines searched within bounds, for tests. */

import { BoundedMachine } from '../explore/bounded-machine.ts';
import type { Machine } from '../interpreter/machine.ts';
import type { Restriction, Verdict } from '../program/index.ts';
import { explored } from './explored.ts';
import type { GraphEdge, GraphMachineSpec } from './graph-machine.ts';
import { graphMachine } from './graph-machine.ts';

/** No bounds at all. */
export const none: Restriction = { preemptions: null, steps: null, beginning: null, samples: null };

/** A thread's own step. */
export const own = (thread: number, to: GraphEdge['to']): GraphEdge => ({ thread, to });

/** Ways of one thread, or of the environment on its behalf, are numbered from 0. */
function numbered(edges: readonly GraphEdge[]): readonly GraphEdge[] {
  return edges.map((edge, index) => {
    const alike = edges
      .slice(0, index)
      .filter((one) => one.thread === edge.thread && one.environment === edge.environment);
    return { alternative: alike.length, ...edge };
  });
}

/** A machine of 3 threads. */
export function machineOf(
  edges: readonly (readonly GraphEdge[])[],
  more: Partial<GraphMachineSpec> = {},
): Machine<number> {
  return graphMachine({
    threads: 3,
    edges: (state) => numbered(edges[state] ?? []),
    ...more,
  });
}

/** The verdict on a machine with bounds. */
export function bounded(machine: Machine<number>, restriction: Partial<Restriction>): Verdict {
  return explored(new BoundedMachine(machine, { ...none, ...restriction }));
}
