// SPDX-License-Identifier: MIT
/**
 * Data races: states in which the next transitions of two threads access one cell, one of them writes,
 * and one is plain. Under sequential consistency that is exactly when nothing orders the two.
 */

import type { World } from './draft.ts';
import { heldLocks } from './held-locks.ts';
import type { Occurrence } from './machine.ts';
import type { Access } from './next-accesses.ts';
import { nextAccesses } from './next-accesses.ts';
import { activeProcs, createOccurrence, placeOf } from './occurrence.ts';
import type { StateView } from './state-view.ts';

interface Side extends Access {
  readonly thread: number;
}

/** Every race of a state, each pair of threads and cell once. */
export function dataRaces(world: World, state: StateView): readonly Occurrence[] {
  const sides = Array.from({ length: state.threadCount }, (_, thread) =>
    sidesOf(world, state, thread),
  );
  return sides
    .flatMap((own, index) => sides.slice(index + 1).flatMap((others) => conflicts(own, others)))
    .map(([first, second]) => raceOf(world, state, first, second));
}

/** Whether these two threads race. */
export function areRacing(world: World, state: StateView, a: number, b: number): boolean {
  return conflicts(sidesOf(world, state, a), sidesOf(world, state, b)).length > 0;
}

function sidesOf(world: World, state: StateView, thread: number): readonly Side[] {
  return nextAccesses(world, state, thread).map((access) => ({ ...access, thread }));
}

/** Conflicting accesses of two threads, the plain side first; one for each cell. */
function conflicts(own: readonly Side[], others: readonly Side[]): readonly [Side, Side][] {
  const found = new Map<number, [Side, Side]>();
  for (const a of own)
    for (const b of others) {
      const conflict = a.address === b.address && (a.write || b.write) && (a.plain || b.plain);
      if (conflict && !found.has(a.address)) found.set(a.address, a.plain ? [a, b] : [b, a]);
    }
  return [...found.values()];
}

function raceOf(world: World, state: StateView, first: Side, second: Side): Occurrence {
  const cell = world.layout.cells[first.address]?.name ?? '';
  const texts = [first, second].map((side) => sideText(world, state, side));
  const message = `nothing orders two accesses to ${cell}: ${texts.join('; ')}`;
  const { line, column } = spanOf(world, state, second);
  return createOccurrence({
    name: 'data_race',
    thread: first.thread,
    object: cell,
    within: activeProcs(world, state.thread(first.thread)),
    span: spanOf(world, state, first),
    message,
    detail: JSON.stringify([second.thread, line, column]),
  });
}

/** `A is about to load it at a.hmm:4:13, plain, holding lock` */
function sideText(world: World, state: StateView, side: Side): string {
  const { file, line, column } = spanOf(world, state, side);
  const place = `${world.program.sources[file] ?? '?'}:${line}:${column}`;
  const how = side.plain ? 'plain' : 'marked';
  const locks = heldLocks(world, state, side.thread);
  const action = side.write ? 'store to' : 'load';
  return `${world.printer.thread(side.thread)} is about to ${action} it at ${place}, ${how}, ${locks}`;
}

function spanOf(world: World, state: StateView, { thread }: Side): ReturnType<typeof placeOf> {
  return placeOf(world, thread, state.thread(thread));
}
