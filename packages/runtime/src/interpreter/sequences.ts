// SPDX-License-Identifier: MIT
/**
 * Sequence counters. A retry loop compares a copy of a counter with the counter; absolute values would grow
 * for ever, and no loop would ever repeat a state. So each state is renumbered, and only what a program can
 * tell apart is kept.
 *
 * A program can compare two values, ask for a parity, count a counter up, take the value before a counter's,
 * and copy a value into something that is no counter. Let m be the lowest value that a counter has, or that
 * a thread has loaded to count on from it or to take the value before it. No value below m - 1 can ever be
 * reached again: what is stored in a counter is above what was loaded, and a value before is at least m - 1. So
 * below m - 1 only equality and parity matter, and from there on only distances: an even shift of those, and
 * new names of equal parity for the others, give a state that no sequence of steps tells apart from this one.
 * Soundness and completeness of this are tested against plain ints in tests/sequences.test.ts.
 */

import type { Draft, World } from './draft.ts';
import type { SequencePlaces } from './sequence-places.ts';
import type { Frame } from './state.ts';

/** Value of what was never assigned: equal to no counter. It stays as it is. */
const UNSET = 0;

/** Renumbers all values of the state under construction; the last thing that a transition does. */
export function renumberSequences(draft: Draft): void {
  const places = draft.world.sequences;
  if (places === null) return;
  forgetDead(draft, places);
  const values = [...cellValues(draft, places), ...threadValues(draft, places)];
  const lowest = lowestOf(draft, places);
  const rename = renaming(values, lowest);
  for (const address of places.cells) {
    const value = numberAt(draft, address);
    if (rename(value) !== value) draft.poke(address, rename(value));
  }
  renameInThreads(draft, places, rename);
}

/** The lowest value from which a counter will go on. */
function lowestOf(draft: Draft, { counters, counting }: SequencePlaces): number {
  const loaded = threads(draft).flatMap((thread) =>
    draft.thread(thread).frames.flatMap((frame) => valuesIn(frame, counting)),
  );
  const stored = counters.map((address) => numberAt(draft, address));
  return [...stored, ...loaded.filter((value) => value !== UNSET)].reduce((a, b) => Math.min(a, b));
}

/** Old values get the lowest numbers of their parity, in the order in which they are met. */
function renaming(values: readonly number[], lowest: number): (value: number) => number {
  const old = [...new Set(values.filter((value) => value !== UNSET && value < lowest - 1))];
  const names = new Map(old.map((value, index) => [value, 2 * index + 2 + (value % 2)]));
  const shift = 2 * old.length + 4 + (lowest % 2) - lowest;
  return (value) => (value === UNSET ? UNSET : (names.get(value) ?? value + shift));
}

/** What lies in an object that is gone will not be read. */
function forgetDead(draft: Draft, { cells }: SequencePlaces): void {
  for (const address of cells) {
    const slot = draft.world.layout.cells[address]?.slot ?? null;
    const live = slot === null || draft.slot(slot) === 'live';
    if (!live && numberAt(draft, address) !== UNSET) draft.poke(address, UNSET);
  }
}

function cellValues(draft: Draft, { cells }: SequencePlaces): readonly number[] {
  return cells.map((address) => numberAt(draft, address));
}

function threadValues(draft: Draft, { locals }: SequencePlaces): readonly number[] {
  return threads(draft).flatMap((thread) => {
    const { frames, observed } = draft.thread(thread);
    const inFrames = frames.flatMap((frame) => valuesIn(frame, locals));
    const kept = observedPlaces(draft.world, thread, locals);
    return [...inFrames, ...kept.map((index) => observed[index] ?? UNSET)];
  });
}

function valuesIn(frame: Frame, slots: readonly (readonly number[])[]): readonly number[] {
  return (slots[frame.proc] ?? []).map((slot) => frame.locals[slot] ?? UNSET);
}

function renameInThreads(
  draft: Draft,
  { locals }: SequencePlaces,
  rename: (value: number) => number,
): void {
  for (const thread of threads(draft)) {
    const { frames, observed } = draft.thread(thread);
    const kept = observedPlaces(draft.world, thread, locals);
    const renamedFrames = frames.map((frame) => {
      const slots = locals[frame.proc] ?? [];
      const values = replaced(frame.locals, slots, rename);
      return values === frame.locals ? frame : { ...frame, locals: values };
    });
    const renamedObserved = replaced(observed, kept, rename);
    const changed =
      renamedObserved !== observed || renamedFrames.some((frame, i) => frame !== frames[i]);
    if (changed) draft.changeThread(thread, { frames: renamedFrames, observed: renamedObserved });
  }
}

/** The same array if nothing changes. */
function replaced(
  values: readonly number[],
  at: readonly number[],
  rename: (value: number) => number,
): readonly number[] {
  if (at.every((index) => rename(values[index] ?? UNSET) === (values[index] ?? UNSET)))
    return values;
  return values.map((value, index) => (at.includes(index) ? rename(value) : value));
}

/** Which of a thread's observed locals, once it has finished, are such values. */
function observedPlaces(
  { program }: World,
  thread: number,
  locals: SequencePlaces['locals'],
): readonly number[] {
  const { observed = [], proc = -1 } = program.threads[thread] ?? {};
  return observed.flatMap((slot, index) => (locals[proc]?.includes(slot) ? [index] : []));
}

function threads(draft: Draft): readonly number[] {
  return Array.from({ length: draft.threadCount }, (_, index) => index);
}

function numberAt(draft: Draft, address: number): number {
  const value = draft.cell(address);
  if (typeof value !== 'number') throw new Error('a sequence counter that is no number');
  return value;
}
