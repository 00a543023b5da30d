// SPDX-License-Identifier: MIT
/** The part of the syntax tree below statements: expressions and commands. See `ast.ts`. */

export interface Node {
  /** Offset of the first character, and the offset after the last one. */
  readonly start: number;
  readonly end: number;
}

export interface Ident extends Node {
  readonly kind: 'ident';
  readonly name: string;
}

export interface StringLit extends Node {
  readonly kind: 'string';
  /** After escapes. */
  readonly value: string;
}

export type Expr =
  | Ident
  | StringLit
  | IntLit
  | BoolLit
  | NullLit
  | Unary
  | Binary
  | Conditional
  | Assign
  | Step
  | Call
  | Member
  | Index
  | PageRange
  | Choose
  | CommandExpr;

/** Decimal, hexadecimal or octal; up to 2^31-1. */
export interface IntLit extends Node {
  readonly kind: 'int';
  readonly value: number;
}

export interface BoolLit extends Node {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface NullLit extends Node {
  readonly kind: 'null';
}

export interface Unary extends Node {
  readonly kind: 'unary';
  readonly op: '-' | '!' | '~' | '&' | '*';
  readonly operand: Expr;
}

export interface Binary extends Node {
  readonly kind: 'binary';
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
}

export interface Conditional extends Node {
  readonly kind: 'conditional';
  readonly test: Expr;
  readonly then: Expr;
  readonly else: Expr;
}

/** `=`, `+=`, `-=`, `|=`, `&=`, `^=`, `*=`, `<<=`, `>>=`; only as a statement. */
export interface Assign extends Node {
  readonly kind: 'assign';
  readonly op: string;
  readonly target: Expr;
  readonly value: Expr;
}

/** `x++`, `x--`, `++x`, `--x`; only as a statement. */
export interface Step extends Node {
  readonly kind: 'step';
  readonly op: '++' | '--';
  readonly target: Expr;
}

/** `f(a, block: true)`, `m->ops->release(m)` */
export interface Call extends Node {
  readonly kind: 'call';
  readonly callee: Expr;
  readonly args: readonly Argument[];
}

export interface Argument extends Node {
  readonly kind: 'argument';
  readonly name: Ident | null;
  readonly value: Expr;
}

export interface Member extends Node {
  readonly kind: 'member';
  readonly object: Expr;
  readonly arrow: boolean;
  readonly field: Ident;
}

export interface Index extends Node {
  readonly kind: 'index';
  readonly object: Expr;
  readonly index: Expr;
}

/** `heap[0..2)` */
export interface PageRange extends Node {
  readonly kind: 'page-range';
  readonly object: Expr;
  readonly from: Expr;
  readonly to: Expr;
}

/** `choose(0..3)`, both ends included, or `choose(a, b, c)`: any of these values. */
export interface Choose extends Node {
  readonly kind: 'choose';
  /** The first end of a range, or the values. */
  readonly values: readonly Expr[];
  /** The other end of a range. */
  readonly upTo: Expr | null;
}

/** A command as the whole right side of `=` or of a declaration's initial value. */
export interface CommandExpr extends Node {
  readonly kind: 'command-expr';
  readonly command: Command;
}

/** `down_read mmap_sem`; `fault range R`; items beyond the first identifiers are postfix expressions. */
export interface Command extends Node {
  readonly kind: 'command';
  readonly items: readonly Expr[];
}
