// SPDX-License-Identifier: MIT
/**
 * What is judged on a whole state: stuck and final states. The process that does it never takes a step:
 * its guards record what they find and are false, so that it adds neither states nor transitions.
 */

import type { StateExpr } from '@hmmlab/runtime/program';
import { raisedCounters } from './counters.ts';
import { printExpr } from './expressions.ts';
import type { Model } from './model.ts';
import { holds } from './expressions.ts';
import { findingNumber } from './findings.ts';
import { observedLocal } from './settle.ts';

/** A condition that was true in a final state is reported by this number and its index. */
export const SOMETIMES = 1000;

/** Guards of the judge of one program. */
export function judgements(model: Model): readonly string[] {
  const { threads, expectations } = model.program;
  const done = threads.map((_, thread) => `at[${thread}] == 0`).join(' && ') || 'true';
  const when = (bad: string, code: number): string => `(${done}) && (${bad}) && ${record(code)}`;
  return [
    `timeout && !(${done}) && ${record(findingNumber('stuck'))}`,
    ...[...leaks(model), ...counted(model)].map((bad) => when(bad, findingNumber('leak'))),
    ...orphans(model).map((bad) => when(bad, findingNumber('lock_held_at_exit'))),
    ...expectations.flatMap((expectation, index) => {
      if (!('condition' in expectation) || expectation.kind === 'eventually') return [];
      const { isTrue, isFalse, isNeither } = truth(model, expectation.condition);
      const outcome = findingNumber('outcome');
      if (expectation.kind === 'sometimes') return [when(isTrue, SOMETIMES + index)];
      const broken = expectation.kind === 'always' ? isFalse : isTrue;
      return [when(broken, outcome), when(isNeither, outcome)];
    }),
  ];
}

/** A macro that reports and is 0: `c_expr` takes no calls, for they might change a state. */
const record = (code: number): string => `c_expr { RECORD_${code} }`;

/** A condition that reads NULL or something gone is neither true nor false. */
function truth(
  model: Model,
  condition: StateExpr,
): { isTrue: string; isFalse: string; isNeither: string } {
  const { program, memory } = model;
  const local = (): never => {
    throw new Error('a condition over final states has no frame');
  };
  const threadLocal = observedLocal(model);
  const scope = { program, memory, local, threadLocal };
  const { text, checks } = printExpr(condition, scope, true);
  const isNeither = checks.map(({ bad }) => `(${bad})`).join(' || ') || 'false';
  return {
    isTrue: `!(${isNeither}) && ${text} != 0`,
    isFalse: `!(${isNeither}) && ${text} == 0`,
    isNeither,
  };
}

/** Heap objects that nothing leads to, and list entries that are gone. All threads have ended. */
function leaks(model: Model): readonly string[] {
  const { memory, program } = model;
  if (!program.checks.includes('leak')) return [];
  const lists = model.compoundsOf('list');
  return memory.pools.flatMap(({ slot, capacity, base, size, heap }) =>
    Array.from({ length: capacity }, (_, i) => {
      const first = base + i * size;
      const onList = lists.map((k) => `q[${k}]??[${first}]`);
      const cells = memory.cells.flatMap((cell, address) =>
        address > 0 && cell.type.kind === 'ref' && cell.slot === null
          ? [`m[${address}] >= ${first} && m[${address}] < ${first + size}`]
          : [],
      );
      const held = [...cells, ...onList].map((one) => `!(${one})`);
      const lost = [`st[${slot + i}] == 1`, ...held].join(' && ');
      const stale = onList.map((one) => `st[${slot + i}] != 1 && ${one}`);
      return [...(heap ? [lost] : []), ...stale];
    }).flat(),
  );
}

const counted = (model: Model): readonly string[] =>
  model.program.checks.includes('leak') ? raisedCounters(model) : [];

function orphans(model: Model): readonly string[] {
  const { length } = model.program.threads;
  return model.compoundsOf('rwsem').map((k) => `${holds(k, length, length)} > 0`);
}
