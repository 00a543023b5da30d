// SPDX-License-Identifier: MIT
/** A statement or item that could not be read, as text in which every token stands between blanks. */

import type { IToken } from 'chevrotain';
import * as t from './tokens.ts';

/** What the element should have been part of. */
export type Where = 'file' | 'profile' | 'scenario' | 'struct' | 'ops' | 'body';

export interface FailedElement {
  readonly where: Where;
  /** `if ( x = y )`; strings are `""`, a line end is `;`. */
  readonly text: string;
  /** The same with `@` before the token that did not fit: `if ( x @= y )`. */
  readonly marked: string;
  /** What stands before the token that did not fit, as `p->next` or `a[0]`; may be empty. */
  readonly operand: string;
  readonly first: IToken;
  readonly found: IToken;
  /** Those that `text` has, one for each. */
  readonly tokens: readonly IToken[];
}

/** Tokens that are looked at: the first and last ones before the one that did not fit, and from it on. */
const reach = 16;
/** Tokens from the one that did not fit on that can matter. */
export const reachAhead = 40;

/** @param before tokens from the first one of the element up to the one that did not fit, itself left out */
export function failedElement(
  where: Where,
  before: readonly IToken[],
  rest: readonly IToken[],
): FailedElement | null {
  const [found] = rest;
  const first = before[0] ?? found;
  if (found === undefined || first === undefined) return null;
  const start =
    before.length > 2 * reach ? [...before.slice(0, reach), ...before.slice(-reach)] : before;
  const ahead = rest.slice(0, reachAhead);
  const end = ahead.map(imageOf);
  const head = start.map(imageOf);
  return {
    where,
    text: [...head, ...end].join(' '),
    marked: [...head, `@${end.join(' ')}`].join(' '),
    operand: lastOperand(head),
    first,
    found,
    tokens: [...start, ...ahead],
  };
}

/** The name, member or element at the end. */
function lastOperand(images: readonly string[]): string {
  let start = images.length;
  for (let at = images.length - 1; at >= 0; at--) {
    const image = images[at] ?? '';
    const joins = image === '->' || image === '.' || image === '[' || image === ']';
    const wanted = joins || (/^\w+$/.test(image) && !/^\w+$/.test(images[start] ?? ''));
    if (!wanted) break;
    start = at;
  }
  return written(images.slice(start).join(' '));
}

/** Text of an element, as one would write it. */
export function written(text: string): string {
  return text
    .replaceAll(/ ?(->|\.|\[|\]|\() ?/g, '$1')
    .replaceAll(/ ([,;)])/g, '$1')
    .replaceAll(/((?<!&)&|[*!~]) (?=\w)/g, '$1')
    .trim();
}

function imageOf({ tokenType, image }: IToken): string {
  if (tokenType === t.Str) return '""';
  if (tokenType === t.Newline) return ';';
  return image.length > 40 ? `${image.slice(0, 36)}...` : image;
}
