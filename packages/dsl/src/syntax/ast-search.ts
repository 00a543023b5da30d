// SPDX-License-Identifier: MIT
/** The part of the syntax tree that says which schedules are searched. See `ast.ts`. */

import type { Expr, Ident, Node, StringLit } from './ast-expression.ts';

/** `preemptions 2` of `bound` and `within`; `schedule` alone has no number. */
export interface BoundTerm extends Node {
  readonly kind: 'bound-term';
  readonly name: Ident;
  readonly value: Expr | null;
}

/** `bound preemptions 2, steps 40` */
export interface BoundDef extends Node {
  readonly kind: 'bound';
  readonly terms: readonly BoundTerm[];
}

/** `assume A.registered before B.zapped` */
export interface Assume extends Node {
  readonly kind: 'assume';
  readonly first: Expr;
  readonly second: Expr;
}

/** `schedule A*3, B timeout, A way 1`, or `schedule "h1:..."` */
export interface Pin extends Node {
  readonly kind: 'schedule';
  readonly code: StringLit | null;
  readonly steps: readonly PinStep[];
}

/** `reader[1] timeout*2`: so many steps of one thread. */
export interface PinStep extends Node {
  readonly kind: 'pin-step';
  readonly thread: Expr;
  readonly environment: Ident | null;
  readonly way: Expr | null;
  readonly count: Expr | null;
}

/** `sample 1000 seed 7` */
export interface Sample extends Node {
  readonly kind: 'sample';
  readonly runs: Expr;
  readonly seed: Expr | null;
}
