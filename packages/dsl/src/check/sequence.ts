// SPDX-License-Identifier: MIT
/** What may be asked of a sequence counter besides equality: its parity, and the value before a counter's. */

import type { BinaryOperator } from '@hmmlab/runtime/program';
import type { Expr } from '../syntax/ast.ts';
import { errorAt } from './convert.ts';
import type { Env, Typed } from './typed.ts';
import { SEQ, WIDE_INT } from './types.ts';

/** `s & 1`, `s - 1`; all else is reported. */
export function sequenceOf(op: BinaryOperator, a: Typed, b: Typed, expr: Expr, env: Env): Typed {
  const one = a.type.kind === 'seq' && b.kind === 'const' && b.value === 1;
  if (one && op === '&') return { kind: 'binary', op, a, b, type: WIDE_INT, node: expr };
  if (one && op === '-' && a.kind === 'read')
    return { kind: 'binary', op, a, b, type: SEQ, node: expr };
  const message =
    one && op === '-'
      ? 'the value before this one is not known: it is a copy'
      : `\`${op}\` does not work on sequence counters`;
  return refuseSequence(expr, message, env);
}

/** Reports what a sequence counter cannot do. */
export function refuseSequence(expr: Expr, message: string, env: Env): Typed {
  const help =
    'they can be compared, copied, counted (`s++`, `s |= 1`), asked for their parity (`s & 1`) and for the value before (`s - 1`)';
  env.problems.error('HMM3017', { source: env.source, node: expr }, message, help);
  return errorAt(expr);
}
