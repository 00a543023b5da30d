// SPDX-License-Identifier: MIT
/** Turning what went wrong into an Occurrence with its place, its procs and an identity. */

import type { Span, Waiting } from '../program/index.ts';
import type { World } from './draft.ts';
import type { Occurrence } from './machine.ts';
import type { ThreadState } from './state.ts';

/** Names of the procs a thread is in, outermost first. */
export function activeProcs(world: World, thread: ThreadState | undefined): readonly string[] {
  return (thread?.frames ?? []).map((frame) => world.program.procs[frame.proc]?.name ?? '');
}

/** Where each active proc of a thread stands, outermost first: a caller at its call, already behind it. */
export function activePlaces(world: World, thread: ThreadState | undefined): readonly Span[] {
  const frames = thread?.frames ?? [];
  return frames.flatMap(({ proc, pc }, index) => {
    const { code } = world.program.procs[proc] ?? {};
    return code?.[index === frames.length - 1 ? pc : pc - 1]?.span ?? [];
  });
}

/** Place of the instruction at which a thread stands; of the thread itself once it has finished. */
export function placeOf(world: World, index: number, thread: ThreadState | undefined): Span {
  const frame = thread?.frames.at(-1);
  const instruction = frame && world.program.procs[frame.proc]?.code[frame.pc];
  return instruction?.span ?? world.program.threads[index]?.span ?? world.program.span;
}

export interface OccurrenceParts {
  readonly name: string;
  readonly thread: number | null;
  readonly object: string | null;
  readonly within: readonly string[];
  readonly span: Span;
  readonly message: string;
  readonly waiting?: readonly Waiting[];
  /** Tells two findings of one name at one place apart, such as two invariants. */
  readonly detail?: string;
}

/** One finding has one (name, thread, object, place, wait-for graph), however it is reached. */
export function createOccurrence(parts: OccurrenceParts): Occurrence {
  const { detail = '', ...shown } = parts;
  const { name, thread, object, span, waiting = [] } = shown;
  const place = [span.file, span.line, span.column];
  const graph = waiting.map((w) => [w.thread, w.object, w.span.line, w.span.column]);
  return { ...shown, waiting, key: JSON.stringify([name, thread, object, place, graph, detail]) };
}
