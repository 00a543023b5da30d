// SPDX-License-Identifier: MIT
/** The syntax tree of statements, and of the declarators that they share with fields and worlds. */

import type { Command, Expr, Ident, Node, StringLit } from './ast-expression.ts';

/** A type as written before a declarator. */
export interface TypeRef extends Node {
  readonly kind: 'type';
  /** `int`, `mutex`, `foo`, `list`, ... */
  readonly name: string;
  /** Written with `struct` or `enum` before the name. */
  readonly tag: 'struct' | 'enum' | null;
  /** Element struct of `list foo`. */
  readonly of: Ident | null;
}

/** `*p`, `a[3]`, `n in 0..3 = 1`, `a[3] = { 1, 2 }`, `wq: 2 workers`, `w: fn` */
export interface Declarator extends Node {
  readonly kind: 'declarator';
  readonly name: Ident;
  readonly pointer: boolean;
  readonly length: Expr | null;
  readonly range: { readonly min: Expr; readonly max: Expr } | null;
  readonly initial: Expr | null;
  /** Start values of the first elements of an array. */
  readonly elements: readonly Expr[] | null;
}

export type Statement =
  | Block
  | LocalDecl
  | ExprStatement
  | Command
  | If
  | While
  | DoWhile
  | For
  | ForEach
  | Break
  | Continue
  | Goto
  | Label
  | Return
  | Unreached
  | Atomic
  | Await
  | Either
  | Empty;

export interface Block extends Node {
  readonly kind: 'block';
  readonly statements: readonly Statement[];
}

/** `int n in 0..3 = 1`, `struct foo f`, `struct foo *p = q` */
export interface LocalDecl extends Node {
  readonly kind: 'local';
  readonly type: TypeRef;
  readonly declarators: readonly Declarator[];
}

/** A call, an assignment, `x++`. */
export interface ExprStatement extends Node {
  readonly kind: 'expression';
  readonly expression: Expr;
}

export interface If extends Node {
  readonly kind: 'if';
  readonly test: Expr;
  readonly then: Statement;
  readonly else: Statement | null;
}

/** `while (test) ...`; without a test `forever { ... }`, a loop that is meant, as that of a kthread. */
export interface While extends Node {
  readonly kind: 'while';
  readonly test: Expr | null;
  readonly body: Statement;
}

export interface DoWhile extends Node {
  readonly kind: 'do-while';
  readonly body: Statement;
  readonly test: Expr;
}

/** `for (int i = 0; i < n; i++)`; `init` is a declaration or an expression statement. */
export interface For extends Node {
  readonly kind: 'for';
  readonly init: LocalDecl | ExprStatement | null;
  readonly test: Expr | null;
  readonly update: Expr | null;
  readonly body: Statement;
}

/** `for (struct foo *f in head->list)`: reads the successor after the body, as list_for_each_entry does. */
export interface ForEach extends Node {
  readonly kind: 'for-each';
  readonly type: TypeRef;
  readonly name: Ident;
  /** Of a walk that is safe against the removal of its entry: what holds the next one meanwhile. */
  readonly next: Ident | null;
  readonly list: Expr;
  readonly body: Statement;
}

export interface Break extends Node {
  readonly kind: 'break';
}

export interface Continue extends Node {
  readonly kind: 'continue';
}

export interface Goto extends Node {
  readonly kind: 'goto';
  readonly label: Ident;
}

export interface Label extends Node {
  readonly kind: 'label';
  readonly name: Ident;
}

export interface Return extends Node {
  readonly kind: 'return';
  readonly value: Expr | Command | null;
}

/** `unreached "reason" statement` */
export interface Unreached extends Node {
  readonly kind: 'unreached';
  readonly reason: StringLit;
  readonly statement: Statement;
}

/** `atomic { ... }`: all of it is one step. */
export interface Atomic extends Node {
  readonly kind: 'atomic';
  readonly body: Block;
}

/** `await condition`, or `await condition { ... }`: waits until it is true; the block is part of that step. */
export interface Await extends Node {
  readonly kind: 'await';
  readonly condition: Expr;
  readonly body: Block | null;
  /** `await a { } or b { }`: what else may be awaited; only with a body. */
  readonly or: readonly AwaitWay[];
}

export interface AwaitWay extends Node {
  readonly kind: 'await-way';
  readonly condition: Expr;
  readonly body: Block;
}

/** `either { ... } or { ... }`: any one of its blocks. */
export interface Either extends Node {
  readonly kind: 'either';
  readonly branches: readonly Block[];
}

export interface Empty extends Node {
  readonly kind: 'empty';
}
