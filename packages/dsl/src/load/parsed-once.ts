// SPDX-License-Identifier: MIT
/** Texts with their trees. Those of built-in profiles are in every compilation, so they are kept. */

import { createLineMap, type LineMap } from '../syntax/line-map.ts';
import { parse, type ParseResult } from '../syntax/parse.ts';

/** A text and its name for people and places. */
export interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** What is known of a text alone. */
export interface Parsed extends ParseResult {
  readonly lines: LineMap;
}

/** Parses. */
export function parsed({ file, text }: NamedText): Parsed {
  return { ...parse(text, file), lines: createLineMap(text) };
}

const kept = new WeakMap<NamedText, Parsed>();

/** Parses an object of the host once, as long as the host keeps it. */
export function parsedOnce(named: NamedText): Parsed {
  const result = kept.get(named) ?? parsed(named);
  kept.set(named, result);
  return result;
}
