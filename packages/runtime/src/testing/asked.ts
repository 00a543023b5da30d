// SPDX-License-Identifier: MIT
/** Random programs with questions: what may be asked of one besides what its threads do. */

import type { Program, StateExpr } from '../program/index.ts';
import { checkRows, usualChecks } from '../program/index.ts';
import type { Choose } from './oracle-programs.ts';

export interface Questions {
  readonly signals: boolean;
  readonly spuriousWakeups: boolean;
  readonly allocationFailure: boolean;
  readonly races: boolean;
  /** The second thread is one. */
  readonly daemon: boolean;
  /** x0 is never above. */
  readonly invariant: number | null;
  readonly outcome: 'sometimes' | 'always' | 'never' | null;
  /** Name of a finding. */
  readonly expected: string | null;
}

const FINDINGS = ['deadlock', 'use_after_free', 'unlock_not_held', 'lock_held_at_exit', null];
const OUTCOMES = ['sometimes', 'always', 'never', null] as const;

/** Questions drawn from a source of numbers. */
export function randomQuestions(choose: Choose): Questions {
  const one = <T>(items: readonly T[]): T | null => items[choose(items.length)] ?? null;
  return {
    signals: choose(2) === 1,
    spuriousWakeups: choose(2) === 1,
    allocationFailure: choose(2) === 1,
    races: choose(2) === 1,
    daemon: choose(2) === 1,
    invariant: one([0, 1, 2, 3, null]),
    outcome: one(OUTCOMES),
    expected: one(FINDINGS),
  };
}

/** The program with these questions. */
export function asked(program: Program, of: Questions): Program {
  const { span } = program;
  const { signals, spuriousWakeups, allocationFailure } = of;
  const object = Math.max(
    0,
    program.objects.findIndex(({ name }) => name === 'x0'),
  );
  const x: StateExpr = { kind: 'load', address: { kind: 'object', object, cell: 0 } };
  const below = (value: number): StateExpr => ({
    kind: 'binary',
    op: '<',
    a: x,
    b: { kind: 'const', value },
  });
  const { invariant, outcome, expected } = of;
  return {
    ...program,
    environment: { signals, spuriousWakeups, allocationFailure },
    checks: of.races ? checkRows.map(({ name }) => name) : usualChecks,
    threads: program.threads.map((thread, index) =>
      of.daemon && index === 1 ? { ...thread, kind: 'daemon' } : thread,
    ),
    invariants:
      invariant === null ? [] : [{ condition: below(invariant + 1), text: 'x0 is low', span }],
    expectations: [
      ...(outcome === null
        ? []
        : [{ kind: outcome, condition: below(1), text: 'x0 < 1', span } as const]),
      ...(expected === null
        ? []
        : [{ kind: 'finding', finding: expected, on: null, in: null, at: null, span } as const]),
    ],
  };
}
