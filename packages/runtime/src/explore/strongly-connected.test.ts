// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { END_KIND, endEntry, StateGraph } from './graph.ts';
import { finish } from './sliced.ts';
import { stronglyConnected } from './strongly-connected.ts';

/** Components as sorted lists of states, in the order in which they are closed. */
function components(targets: readonly (readonly number[])[], skipped = -1): number[][] {
  const graph = new StateGraph(1);
  for (const _ of targets) graph.addState();
  for (const list of targets) {
    graph.open(endEntry(END_KIND.running, 0), 0);
    for (const target of list) graph.addEdge(target * 4, target, 0);
    graph.close();
  }
  const component = finish(stronglyConnected(graph, (edge) => graph.target(edge) !== skipped));
  const lists: number[][] = [];
  for (const [state, number] of component.entries()) (lists[number] ??= []).push(state);
  return lists;
}

test.each([
  ['one state', [[]], [[0]]],
  ['a way', [[1], [2], []], [[2], [1], [0]]],
  ['a loop', [[1], [2], [0]], [[0, 1, 2]]],
  ['a self-loop and its way in', [[1], [1]], [[1], [0]]],
  [
    'two loops, one way between',
    [[1], [0, 2], [3], [2]],
    [
      [2, 3],
      [0, 1],
    ],
  ],
  // Tarjan (1972), figure 3, numbered from 0: edges back, across and forward.
  [
    'edges of every sort',
    [[1, 4], [2], [3], [1], [3, 5], [6], [5, 2]],
    [[1, 2, 3], [5, 6], [4], [0]],
  ],
  // The state that closes the loop is found through a sibling that is still open.
  ['a loop closed late', [[1, 2], [3], [3], [4], [2, 0]], [[0, 1, 2, 3, 4]]],
])('%s', (_, targets, expected) => {
  expect(components(targets)).toEqual(expected);
});

test('edges that are not followed do not connect', () => {
  expect(components([[1], [2], [0]], 0)).toEqual([[2], [1], [0]]);
});

test('a loop of a hundred thousand states is one component', () => {
  const size = 100_000;
  const targets = Array.from({ length: size }, (_, state) => [(state + 1) % size]);
  expect(components(targets)).toHaveLength(1);
});
