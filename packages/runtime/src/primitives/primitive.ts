// SPDX-License-Identifier: MIT
/** What a kernel primitive is to the interpreter: the ways on that a thread has when it stands at one. */

import type { Draft } from '../interpreter/draft.ts';

/** One way on. */
export interface Alternative {
  /** What happens, for people: `queues`, `is granted`; empty if the operation just succeeds. */
  readonly label: string;
  /** Does it. `draft.complete` moves the thread past the primitive; without it the thread stays. */
  readonly apply: (draft: Draft) => void;
}

/** A thread standing at a primitive. */
export interface Call {
  readonly thread: number;
  /** Values of the operands, in the op table's order. */
  readonly args: readonly number[];
}

export interface Primitive {
  /** Ways on for a thread that arrives; none means that it has to wait right here. */
  readonly arrive: (draft: Draft, call: Call) => readonly Alternative[];
  /** Ways on once it has queued itself (`draft.changeThread(t, {queued: true})`); absent if it never does. */
  readonly resume?: (draft: Draft, call: Call) => readonly Alternative[];
  /** A timed wait: the environment may let it expire while it has no way on. */
  readonly timed?: boolean;
  /** A signal lets the wait return. */
  readonly interruptible?: boolean;
  /** Waiting here is what an idle daemon or worker does. */
  readonly idles?: boolean;
  /** A spurious wake-up: makes a sleeper run; absent where the kernel has none. */
  readonly wake?: (draft: Draft, call: Call) => void;
  /** Threads that stand in the way of a waiting thread, nearest first. */
  readonly waitsFor?: (draft: Draft, call: Call) => readonly number[];
}

export function operand(call: Call, index: number): number {
  const value = call.args[index];
  if (value === undefined) throw new Error(`operand ${index} is missing`);
  return value;
}

/** The only alternative of an operation that never waits. */
export function always(
  run: (draft: Draft, call: Call) => number | null,
): Pick<Primitive, 'arrive'> {
  return {
    arrive: (_draft, call) => [
      { label: '', apply: (draft) => draft.complete(call.thread, run(draft, call) ?? 0) },
    ],
  };
}

/** Joining a queue: the thread stays at the primitive. */
export function queues(call: Call, join: (draft: Draft) => void, label = 'queues'): Alternative {
  return {
    label,
    apply: (draft) => {
      join(draft);
      draft.changeThread(call.thread, { queued: true });
    },
  };
}

/** Completing with a result. */
export function completes(
  call: Call,
  label: string,
  act: (draft: Draft) => void,
  result = 0,
): Alternative {
  return {
    label,
    apply: (draft) => {
      act(draft);
      draft.complete(call.thread, result);
    },
  };
}

export function without<T>(list: readonly T[], item: T): readonly T[] {
  const at = list.indexOf(item);
  return at < 0 ? list : [...list.slice(0, at), ...list.slice(at + 1)];
}
