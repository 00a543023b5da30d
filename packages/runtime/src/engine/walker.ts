// SPDX-License-Identifier: MIT
/** Compiles the text of `walker-code.ts`, where code may be made from text at all. */

import type { WalkerShape } from './walker-code.ts';
import { walkerCode } from './walker-code.ts';

/** The tables that generated code works on, as they are at the moment. */
export interface WalkerTables {
  readonly vectors: Int32Array;
  readonly table: Int32Array;
  /** Binary logarithm of the table's size. */
  readonly bits: number;
  readonly count: number;
  readonly slots: Int32Array;
  readonly nodes: Int32Array;
  readonly leaves: Int32Array;
  readonly codes: Int32Array;
  readonly writes: Int32Array;
  readonly blocked: Int32Array;
}

/** What generated code leaves to others. */
export interface WalkerHelp {
  /** The child of a sparse node for a value. */
  readonly child: (node: number, value: number) => number;
  /** The node of a set of blocked threads with a thread more. */
  readonly blocked: (node: number, thread: number) => number;
  /** Begins the expansion of the next state. */
  readonly open: (blocked: number) => void;
  /** Adds an edge, or so many to be counted. */
  readonly edge: (code: number, target: number) => void;
  readonly count: (edges: number) => void;
  /** Enters the state behind the last one; its number, or negative if it is not to be entered so. */
  readonly admit: (place: number, entry: number) => number;
}

export interface Walker {
  readonly bind: (tables: WalkerTables) => void;
  readonly expand: (state: number, from: number) => number;
}

/** Null where no code may be made from text, or the shape is too large for it. */
export function compileWalker(shape: WalkerShape, help: WalkerHelp): Walker | null {
  const code = walkerCode(shape);
  if (code === null || !mayGenerateCode()) return null;
  // What the text returns is known here and nowhere else.
  const make = new Function('help', code) as (help: WalkerHelp) => Walker;
  return make(help);
}

/** False under `--disallow-code-generation-from-strings` and content security policies like it. */
export function mayGenerateCode(): boolean {
  try {
    // The text is not run: making a function of it is what may be forbidden.
    return typeof new Function('return true') === 'function';
  } catch {
    return false;
  }
}
