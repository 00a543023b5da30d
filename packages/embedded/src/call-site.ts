// SPDX-License-Identifier: MIT
/** Who called, from the stack of an error. Source maps are applied if Node or vitest applies them. */

import { fileURLToPath } from 'node:url';

/** A place in a file that runs, from 1. */
export interface CallSite {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How far up a helper around the tag is looked for. */
const DEPTH = 8;

/** The callers of `callee`, innermost first. */
export function callSites(callee: (...given: never[]) => unknown): readonly CallSite[] {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  const stack = String(holder.stack);
  Error.stackTraceLimit = before;
  return stack.split('\n').flatMap((line) => callSiteOf(line) ?? []);
}

/** `    at run (file:///a/b.ts:3:5)`, `    at /a/b.ts:3:5` */
function callSiteOf(line: string): CallSite | null {
  const found = /^\s+at (?:.* \()?(\S.*?)(?:\?[^:]*)?:(\d+):(\d+)\)?$/.exec(line);
  const [, where = '', row, column] = found ?? [];
  if (found === null || where.startsWith('node:')) return null;
  const file = where.startsWith('file:') ? fileURLToPath(where) : where;
  return { file, line: Number(row), column: Number(column) };
}
