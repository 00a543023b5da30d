// SPDX-License-Identifier: MIT
/**
 * A hash of what a Program does: it tells whether a schedule was made for it.
 *
 * Part of it is everything that decides which states and transitions there are, names included. No part
 * are places (spans, source names), titles and parameter texts, and what is only asked of the schedules
 * (expectations, `unreached` marks): a schedule stays good when comments move or an expectation changes.
 */

import type { Program } from '../program/index.ts';

const MEANING: readonly (keyof Program)[] = [
  'version',
  'enums',
  'structs',
  'opsInterfaces',
  'opsTables',
  'objects',
  'pools',
  'procs',
  'setup',
  'threads',
  'mirrors',
  'invariants',
  'environment',
  'lockRules',
  'checks',
];
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * JSON of plain data with the members of every object in order of name, without spans and marks of statements.
 * `undefined` is left out.
 */
function canonical(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each) ?? 'null').join()}]`;
  const members: string[] = [];
  for (const [key, each] of Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (key === 'span' || key === 'implied') continue;
    const text = canonical(each);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join()}}`;
}

/** FNV-1a, 32 bits, over both bytes of each UTF-16 unit; http://www.isthe.com/chongo/tech/comp/fnv/. */
function fnv1a(text: string): number {
  let hash = OFFSET_BASIS;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), PRIME);
    hash = Math.imul(hash ^ (unit >>> 8), PRIME);
  }
  return hash >>> 0;
}

/** Programs never change, and a search asks for the hash of one again and again. */
const known = new WeakMap<Program, string>();

/** Eight hexadecimal digits. */
export function programHash(program: Program): string {
  const before = known.get(program);
  if (before !== undefined) return before;
  const meaning = Object.fromEntries(MEANING.map((part) => [part, program[part]]));
  const hash = fnv1a(canonical(meaning) ?? '')
    .toString(16)
    .padStart(8, '0');
  known.set(program, hash);
  return hash;
}
