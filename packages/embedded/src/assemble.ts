// SPDX-License-Identifier: MIT
/**
 * Puts the text of a template together. What is interpolated becomes one literal, whatever it says:
 * white space on both sides keeps it from growing together with its neighbours.
 */

import { type Context, contextAfter, topLevel } from './context.ts';
import type { Assembled, Piece, TemplateSource } from './template-source.ts';

/** @throws TypeError for a value that cannot stand where it is interpolated */
export function assemble(
  raw: readonly string[],
  values: readonly (number | string | TemplateSource)[],
): Assembled {
  const pieces: Piece[] = [];
  const included = new Map<string, TemplateSource>();
  let text = '';
  let context: Context = topLevel;
  const add = (image: string, index: number, from: number | null): void => {
    pieces.push({ start: text.length, end: text.length + image.length, index, from });
    text += image;
  };
  for (const [index, chunk] of raw.entries()) {
    for (const { image, from } of unescaped(chunk)) {
      add(image, index, from);
      context = contextAfter(image, context);
    }
    if (index === raw.length - 1) continue;
    const value = values[index];
    if (typeof value === 'object' && value !== null) {
      const path = `interpolation ${index + 1}`;
      if (include(context, index)) {
        add(`;import "${path}";`, index, null);
        included.set(path, value);
      } else add(' ', index, null);
    } else add(literalOf(value, context, index), index, null);
  }
  return { text, pieces, included };
}

/** A raw text without the backslashes that only JavaScript needs, cut where one was. */
function unescaped(chunk: string): readonly { readonly image: string; readonly from: number }[] {
  const parts: { image: string; from: number }[] = [];
  let start = 0;
  for (let at = chunk.indexOf('\\'); at !== -1; at = chunk.indexOf('\\', at + 2)) {
    if (!/[`$]/.test(chunk[at + 1] ?? '')) continue;
    parts.push({ image: chunk.slice(start, at), from: start });
    start = at + 1;
  }
  return [...parts, { image: chunk.slice(start), from: start }];
}

/** Whether a template is taken in here; in a comment it is not. */
function include({ inside, depth }: Context, index: number): boolean {
  const which = `interpolation ${index + 1} is a template`;
  if (inside === 'string') throw new TypeError(`hmm: ${which}, which cannot stand in a string`);
  if (inside !== 'code') return false;
  if (depth > 0)
    throw new TypeError(
      `hmm: ${which} inside of brackets; put it at the top level, where its definitions belong`,
    );
  return true;
}

function literalOf(value: unknown, { inside }: Context, index: number): string {
  if (typeof value === 'number') {
    const digits = numberText(value, index);
    if (inside !== 'code') return digits;
    return value < 0 ? ` (${digits}) ` : ` ${digits} `;
  }
  if (typeof value !== 'string')
    throw new TypeError(
      `hmm: interpolation ${index + 1} is of type ${typeof value}; it can be an integer, a string or another template`,
    );
  const content = value
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
  if (inside === 'code') return ` "${content}" `;
  return inside === 'string' ? content : content.replaceAll('*/', '* /');
}

function numberText(value: number, index: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  throw new TypeError(`hmm: interpolation ${index + 1} is ${value}, which is not an integer`);
}
