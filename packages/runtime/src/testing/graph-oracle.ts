// SPDX-License-Identifier: MIT
/**
 * What a small graph machine's verdict must say, worked out slowly and directly: relations as sets of
 * pairs, costs by relaxing all edges until nothing changes. Shares no code with the search.
 */

import type { Ending, Machine, Occurrence, Transition } from '../interpreter/machine.ts';

/** Preemptions, then transitions. */
export type Cost = readonly [preemptions: number, transitions: number];

interface Way {
  readonly transition: Transition;
  /** A state, or what the step shows. */
  readonly to: number | readonly Occurrence[];
}

export interface Node {
  readonly enabled: readonly Transition[];
  readonly ending: Ending;
  readonly ways: readonly Way[];
  /** Shown by the state itself; partial deadlocks included. */
  shows: readonly Occurrence[];
}

export interface Oracle {
  readonly nodes: ReadonlyMap<number, Node>;
  /** By key: the cheapest cost. */
  readonly costs: ReadonlyMap<string, Cost>;
  /** By state: transitions to a good end. `isBad` says which occurrences a way may not meet. */
  readonly distances: (isBad: (occurrence: Occurrence) => boolean) => ReadonlyMap<number, number>;
}

const isReal = ({ environment }: Transition): boolean =>
  environment === null || environment === 'timeout';

function nodeOf(machine: Machine<number>, state: number): Node {
  const enabled = machine.enabled(state);
  const ending = machine.ending(state, enabled);
  const ways = (ending.kind === 'stuck' ? [] : enabled).map((transition) => {
    const result = machine.step(state, transition);
    if (result.kind === 'limit') throw new Error('the oracle knows no limits');
    if (result.kind === 'cut') return { transition, to: [] };
    return { transition, to: result.kind === 'state' ? result.state : result.occurrences };
  });
  const broken: Occurrence[] =
    ending.kind === 'final'
      ? machine.program.expectations.flatMap(({ kind, span }, index) =>
          kind === 'never' && machine.condition(state, index)
            ? [{ ...nothing, key: `outcome ${index}`, name: 'outcome', span }]
            : [],
        )
      : [];
  return {
    enabled,
    ending,
    ways,
    shows: [...(ending.kind === 'running' ? [] : ending.occurrences), ...broken],
  };
}

const nothing = { thread: null, object: null, within: [], message: '', waiting: [] } as const;

function allNodes(machine: Machine<number>): Map<number, Node> {
  const nodes = new Map<number, Node>();
  const open = [0];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (nodes.has(state)) continue;
    const node = nodeOf(machine, state);
    nodes.set(state, node);
    for (const { to } of node.ways) if (typeof to === 'number') open.push(to);
  }
  return nodes;
}

/** States reachable by at least one step without signals. */
function closure(nodes: ReadonlyMap<number, Node>, from: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const visit = (state: number): void => {
    for (const { transition, to } of nodes.get(state)?.ways ?? []) {
      if (typeof to !== 'number' || !isReal(transition) || seen.has(to)) continue;
      seen.add(to);
      visit(to);
    }
  };
  visit(from);
  return seen;
}

/** From `state`, which lies on a cycle that is never left, who waits all the time? */
function waitersFor(
  machine: Machine<number>,
  nodes: ReadonlyMap<number, Node>,
  state: number,
): number[] {
  const part = [...closure(nodes, state)];
  if (!part.every((other) => closure(nodes, other).has(state)) || part.length === 0) return [];
  const members = part.flatMap((other) => nodes.get(other) ?? []);
  const real = members.flatMap(({ ways }) => ways.filter(({ transition }) => isReal(transition)));
  if (real.some(({ to }) => typeof to !== 'number')) return [];
  return [...machine.program.threads.keys()].filter(
    (thread) =>
      part.every((other) => machine.unfinished(other, thread)) &&
      !real.some(({ transition }) => transition.thread === thread),
  );
}

function costsOf(nodes: ReadonlyMap<number, Node>): ReadonlyMap<string, Cost> {
  const at = new Map<string, Cost>([['0 -1', [0, 0]]]);
  const costs = new Map<string, Cost>();
  let changed = true;
  const lower = (map: Map<string, Cost>, key: string, cost: Cost): void => {
    const old = map.get(key) ?? [Infinity, Infinity];
    if (cost[0] > old[0] || (cost[0] === old[0] && cost[1] >= old[1])) return;
    map.set(key, cost);
    changed = true;
  };
  while (changed) {
    changed = false;
    for (const [place, [preemptions, length]] of at) {
      const [state = 0, running = -1] = place.split(' ').map(Number);
      const node = nodes.get(state);
      for (const { key } of node?.shows ?? []) lower(costs, key, [preemptions, length]);
      for (const { transition, to } of node?.ways ?? []) {
        const own = transition.environment === null;
        const goesOn = node?.enabled.some((o) => o.thread === running && o.environment === null);
        const preempts = own && transition.thread !== running && goesOn === true;
        const cost: Cost = [preemptions + Number(preempts), length + 1];
        if (typeof to === 'number') lower(at, `${to} ${own ? transition.thread : running}`, cost);
        else for (const { key } of to) lower(costs, key, cost);
      }
    }
  }
  return costs;
}

function distancesIn(
  nodes: ReadonlyMap<number, Node>,
  isBad: (occurrence: Occurrence) => boolean,
): ReadonlyMap<number, number> {
  const distances = new Map<number, number>();
  for (let round = 0; round <= nodes.size; round += 1) {
    for (const [state, { ending, ways, shows }] of nodes) {
      if (shows.some(isBad) || distances.has(state)) continue;
      const near = ways.some(({ to }) => typeof to === 'number' && distances.get(to) === round - 1);
      if ((round === 0 && ending.kind === 'final') || near) distances.set(state, round);
    }
  }
  return distances;
}

/** Reads a whole graph machine; its initial step must be a state, the number 0. */
export function graphOracle(machine: Machine<number>): Oracle {
  const nodes = allNodes(machine);
  for (const [state, node] of nodes) {
    const waiters = waitersFor(machine, nodes, state);
    const partial = waiters.map((thread) => machine.blockedForEver(state, thread));
    node.shows = [...node.shows, ...partial];
  }
  return { nodes, costs: costsOf(nodes), distances: (isBad) => distancesIn(nodes, isBad) };
}
