// SPDX-License-Identifier: MIT
/** Makes a Problem from its name in the catalogue. */

import { runtimeCodes } from '../program/findings.ts';
import type { Problem, Span } from '../program/index.ts';

const codes: ReadonlyMap<string, string> = new Map(runtimeCodes.map((row) => [row.name, row.code]));

/** `problem('not_found', ...)`; a name outside the catalogue is our own mistake and throws. */
export function problem(name: string, message: string, span: Span): Problem {
  const code = codes.get(name);
  if (code === undefined) throw new Error(`no code for the problem ${name}`);
  return { code, name, message, span };
}
