// SPDX-License-Identifier: MIT
/** Checks of every new state: invariants, device mappings and data races. */

import type { Invariant } from '../program/index.ts';
import { dataRaces } from './data-races.ts';
import type { World } from './draft.ts';
import type { Occurrence } from './machine.ts';
import type { OccurrenceParts } from './occurrence.ts';
import { activeProcs, createOccurrence, placeOf } from './occurrence.ts';
import { RaisedFinding } from './raised.ts';
import type { StaleEntry } from './stale-mapping.ts';
import { findStaleMappings } from './stale-mapping.ts';
import type { ThreadState } from './state.ts';
import type { StateView } from './state-view.ts';
import { evaluateState } from './state-expression.ts';

/**
 * Everything that is wrong with a state: naming one thing only would let an expected one hide another.
 *
 * @param actor thread whose transition led here; null for the initial state
 * @param before that thread as it was before: the findings are placed at its action
 */
export function checkState(
  world: World,
  state: StateView,
  actor: number | null,
  before: ThreadState | undefined,
): readonly Occurrence[] {
  const at = { world, actor, before };
  const { checks } = world.program;
  return [
    ...(checks.includes('stale_mapping') ? staleMappings(state, at) : []),
    ...brokenInvariants(state, at),
    ...(checks.includes('data_race') ? dataRaces(world, state) : []),
  ];
}

/** Stale entries of a final state: an invalidation that is still owed never comes. */
export function staleAtEnd(world: World, state: StateView): readonly Occurrence[] {
  return findStaleMappings(world.program, world.layout, state, false).map((stale) =>
    createOccurrence({
      ...staleParts(world, stale),
      thread: null,
      within: [],
      span: stale.mirror.span,
    }),
  );
}

/** Where a finding about a whole state is placed. */
interface Place {
  readonly world: World;
  readonly actor: number | null;
  readonly before: ThreadState | undefined;
}

function staleMappings(state: StateView, at: Place): readonly Occurrence[] {
  const { program, layout } = at.world;
  return findStaleMappings(program, layout, state, true).map((stale) =>
    place(at, staleParts(at.world, stale)),
  );
}

function staleParts({ printer, layout }: World, stale: StaleEntry): Parts {
  const print = (entry: number): string => printer.scalar({ kind: 'pte' }, entry);
  const name = layout.cells[stale.address]?.name ?? stale.mirror.name;
  const message = `${name} maps ${print(stale.device)}, but the page table says ${print(stale.cpu)}`;
  return { name: 'stale_mapping', object: name, message };
}

function brokenInvariants(state: StateView, at: Place): readonly Occurrence[] {
  return at.world.program.invariants.flatMap((invariant) => {
    const verdict = judgeInvariant(at.world, state, invariant);
    if (verdict === null) return [];
    const message = `the invariant ${invariant.text} is false${verdict}`;
    const detail = invariant.text;
    const occurrence = place(at, { name: 'invariant', object: null, message, detail });
    return [at.actor === null ? { ...occurrence, span: invariant.span } : occurrence];
  });
}

/** Null if true, else what to add to the message. */
export function judgeInvariant(
  { program, layout }: World,
  view: StateView,
  { condition }: Invariant,
): string | null {
  try {
    return evaluateState(condition, { program, layout, view, locals: [] }) === 0 ? '' : null;
  } catch (error) {
    if (error instanceof RaisedFinding) return `: ${error.message}`;
    throw error;
  }
}

type Parts = Pick<OccurrenceParts, 'name' | 'object' | 'message' | 'detail'>;

function place({ world, actor, before }: Place, parts: Parts): Occurrence {
  return createOccurrence({
    ...parts,
    thread: actor,
    within: activeProcs(world, before),
    span: placeOf(world, actor ?? -1, before),
  });
}
