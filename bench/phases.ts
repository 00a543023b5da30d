// SPDX-License-Identifier: MIT
/**
 * Where the time goes: V8's profile of all scenario files, by the innermost function on the stack that
 * belongs to a phase. What a phase calls in common code counts for the phase.
 */

import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

export interface Phase {
  readonly name: string;
  readonly ms: number;
}

/** Parts of the paths of built files, the first that fits. */
const PHASES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['parse', /dsl\/dist\/syntax\/|chevrotain/],
  ['check', /dsl\/dist\/(?:check|load)\//],
  ['compile', /dsl\/dist\/compile\//],
  ['read files', /dsl\/dist\/node\//],
  ['counterexample', /explore\/(?:counterexamples|minimise|nearest-passing|witness|closed-walk)\./],
  ['livelock', /explore\/(?:livelock|fair-components|partial-deadlock|strongly-connected)/],
  ['search', /runtime\/dist\/(?:explore|interpreter|primitives|engine)\//],
];

const OTHER = 'other, garbage collection';

/** Samples `run` at every half millisecond; milliseconds by phase. */
export async function profilePhases(run: () => void): Promise<readonly Phase[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 500 });
    await session.post('Profiler.start');
    run();
    const { profile } = await session.post('Profiler.stop');
    return byPhase(profile);
  } finally {
    session.disconnect();
  }
}

function byPhase({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): readonly Phase[] {
  const phaseOf = new Map<number, string>();
  const visit = (id: number, outer: string): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const phase = ownPhase(node.callFrame.url, outer);
    phaseOf.set(id, phase);
    for (const child of node.children ?? []) visit(child, phase);
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const [first] = nodes;
  if (first !== undefined) visit(first.id, OTHER);
  const sums = new Map<string, number>(
    [...PHASES.map(([name]) => name), OTHER].map((name) => [name, 0]),
  );
  samples.forEach((id, i) => {
    const phase = phaseOf.get(id) ?? OTHER;
    sums.set(phase, (sums.get(phase) ?? 0) + (timeDeltas[i] ?? 0) / 1000);
  });
  return [...sums].map(([name, ms]) => ({ name, ms }));
}

/** A counterexample is found by searching: once inside, the machine's own work counts for it. */
function ownPhase(url: string, outer: string): string {
  const phase = PHASES.find(([, pattern]) => pattern.test(url))?.[0];
  if (phase === undefined) return outer;
  return phase === 'search' && (outer === 'counterexample' || outer === 'livelock') ? outer : phase;
}
