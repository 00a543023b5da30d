// SPDX-License-Identifier: MIT
/** Checks of every new state: invariants and device mappings. */

import type { World } from './draft.ts';
import type { Occurrence } from './machine.ts';
import { activeProcs, createOccurrence, placeOf } from './occurrence.ts';
import { RaisedFinding } from './raised.ts';
import { findStaleMapping } from './stale-mapping.ts';
import type { State } from './state.ts';
import { evaluateState } from './state-expression.ts';

/**
 * What is wrong with a state, or null.
 *
 * @param actor thread whose transition led here; null for the initial state
 * @param before state the transition was taken from: the finding is placed at the action there
 */
export function checkState(
  world: World,
  state: State,
  actor: number | null,
  before: State,
): Occurrence | null {
  return staleMapping(world, state, actor, before) ?? brokenInvariant(world, state, actor, before);
}

function staleMapping(
  world: World,
  state: State,
  actor: number | null,
  before: State,
): Occurrence | null {
  if (world.program.mirrors.length === 0) return null;
  const stale = findStaleMapping(world.program, world.layout, state);
  if (stale === null) return null;
  const print = (entry: number): string => world.printer.scalar({ kind: 'pte' }, entry);
  const name = world.layout.cells[stale.address]?.name ?? stale.mirror;
  const message = `${name} maps ${print(stale.device)}, but the page table says ${print(stale.cpu)}`;
  return place(world, actor, before, { name: 'stale_mapping', object: name, message });
}

function brokenInvariant(
  world: World,
  state: State,
  actor: number | null,
  before: State,
): Occurrence | null {
  const { program, layout } = world;
  for (const invariant of program.invariants) {
    const verdict = judge(() =>
      evaluateState(invariant.condition, { program, layout, state, locals: [] }),
    );
    if (verdict === null) continue;
    const message = `the invariant ${invariant.text} is false${verdict}`;
    const occurrence = place(world, actor, before, { name: 'invariant', object: null, message });
    return actor === null ? { ...occurrence, span: invariant.span } : occurrence;
  }
  return null;
}

/** Null if true, else what to add to the message. */
function judge(evaluate: () => number): string | null {
  try {
    return evaluate() === 0 ? '' : null;
  } catch (error) {
    if (error instanceof RaisedFinding) return `: ${error.message}`;
    throw error;
  }
}

function place(
  world: World,
  actor: number | null,
  before: State,
  parts: { name: string; object: string | null; message: string },
): Occurrence {
  const thread = actor === null ? undefined : before.threads[actor];
  return createOccurrence({
    ...parts,
    thread: actor,
    within: activeProcs(world, thread),
    span: placeOf(world, actor ?? -1, thread),
  });
}
