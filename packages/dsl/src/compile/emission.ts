// SPDX-License-Identifier: MIT
/** What emits code offers to those who emit parts of it. */

import type { Expr, Span } from '@hmmlab/runtime/program';
import type { Type } from '../check/symbols.ts';
import type { Env, Typed } from '../check/typed.ts';
import type { Node } from '../syntax/ast.ts';
import type { Code, Label } from './code.ts';
import type { Numbering } from './numbering.ts';

/** What emission needs of the body around it. */
export interface EmitContext {
  readonly code: Code;
  readonly numbering: Numbering;
  readonly env: Env;
  /** The heap pool of a struct; reports if the scenario has none. */
  heapPool(alloc: Extract<Typed, { kind: 'alloc' }>): number;
}

export interface Emission {
  readonly context: EmitContext;
  readonly code: Code;
  span(node: Node): Span;
  temporary(type: Type): number;
  value(typed: Typed): Expr;
  condition(typed: Typed, then: Label, otherwise: Label): void;
}
