// SPDX-License-Identifier: MIT
/** The file and the place in it where a template is written. */

import { readFileSync } from 'node:fs';
import type { CallSite } from './call-site.ts';
import { lineStarts } from './line-starts.ts';
import { type Literal, findLiteral } from './literal.ts';

/** A template that was found in its source. */
export interface LocatedLiteral extends Literal {
  /** Absolute. */
  readonly file: string;
  /** The whole file, with `\n` as its only line end. */
  readonly source: string;
}

/** A template whose source could not be found: only who evaluated it is known, if that. */
export interface UnlocatedLiteral {
  readonly caller: CallSite | null;
}

type Located = LocatedLiteral | UnlocatedLiteral;

/** A literal is one object however often it is evaluated. */
const known = new WeakMap<readonly string[], Located>();

/**
 * Where the literal with these raw texts stands: in the innermost file of the stack that has it.
 *
 * @param stack asked only for a literal that is seen for the first time
 */
export function locate(raw: readonly string[], stack: () => readonly CallSite[]): Located {
  const before = known.get(raw);
  if (before !== undefined) return before;
  const sites = stack();
  const found = sites.map((site) => literalNear(raw, site)).find((literal) => literal !== null);
  const located = found ?? { caller: sites[0] ?? null };
  known.set(raw, located);
  return located;
}

function literalNear(raw: readonly string[], site: CallSite): LocatedLiteral | null {
  const source = sourceOf(site.file);
  if (source === null) return null;
  const near = (lineStarts(source)[site.line - 1] ?? 0) + site.column - 1;
  const literal = findLiteral(source, raw, near);
  return literal === null ? null : { ...literal, file: site.file, source };
}

function sourceOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replaceAll(/\r\n?/g, '\n');
  } catch {
    return null;
  }
}
