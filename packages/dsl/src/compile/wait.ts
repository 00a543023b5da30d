// SPDX-License-Identifier: MIT
/**
 * `wait_event` and its siblings, as include/linux/wait.h unfolds them: might_sleep, test, enqueue, test
 * again, sleep, and from the start. Each test is made of ordinary loads.
 */

import type { Expr } from '@hmmlab/runtime/program';
import { errorNumber } from '../check/errno-constant.ts';
import type { Typed, WaitSort } from '../check/typed.ts';
import { asBool } from '../check/convert.ts';
import type { Emission } from './emission.ts';
import { stateOf } from './state.ts';

const SLEEP: Readonly<Record<WaitSort, string>> = {
  plain: 'schedule',
  timeout: 'schedule_timeout',
  interruptible: 'schedule_interruptible',
  killable: 'schedule_interruptible',
};

/** The result: 1 or 0 of a timed wait, 0 or -ERESTARTSYS of an interruptible one. */
export function emitWait(typed: Extract<Typed, { kind: 'wait' }>, emit: Emission): Expr {
  const { code } = emit;
  const span = emit.span(typed.node);
  const timed = typed.sort === 'timeout';
  const queue = [emit.value(typed.queue)];
  const result = typed.sort === 'plain' ? null : emit.temporary(typed.type);
  const [again, sleep, awake, done, end] = [
    code.label(),
    code.label(),
    code.label(),
    code.label(),
    code.label(),
  ];
  const primitive = (name: string, to: number | null): void => {
    const condition = name.startsWith('schedule')
      ? stateOf(typed.condition, emit.context.numbering)
      : null;
    const body = { op: 'primitive', name, args: queue, to } as const;
    code.emit(condition === null ? body : { ...body, condition }, span, { border: true });
  };
  const give = (value: Expr): void => {
    if (result !== null) code.emit({ op: 'let', to: result, value }, span);
  };

  code.emit({ op: 'primitive', name: 'might_sleep', args: [], to: null }, span);
  const first = code.label();
  emit.condition(typed.condition, done, first);
  code.bind(first);
  code.bind(again, true);
  primitive('prepare_to_wait', null);
  emit.condition(typed.condition, awake, sleep);
  code.bind(sleep);
  if (result === null) {
    primitive(SLEEP[typed.sort], null);
    code.join(again, span);
  } else {
    const woken = emit.temporary(typed.type);
    const over = code.label();
    primitive(SLEEP[typed.sort], woken);
    const slot: Expr = { kind: 'local', slot: woken };
    const zero: Expr = { kind: 'const', value: 0 };
    code.branch({ kind: 'binary', op: timed ? '!=' : '==', a: slot, b: zero }, again, over, span);
    code.bind(over);
    primitive('finish_wait', null);
    give(
      timed
        ? emit.value(asBool(typed.condition))
        : { kind: 'const', value: -(errorNumber('ERESTARTSYS') ?? 512) },
    );
    code.join(end, span);
  }
  code.bind(awake);
  primitive('finish_wait', null);
  code.bind(done);
  give({ kind: 'const', value: timed ? 1 : 0 });
  code.bind(end);
  return result === null ? { kind: 'const', value: 0 } : { kind: 'local', slot: result };
}
