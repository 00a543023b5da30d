// SPDX-License-Identifier: MIT
/** Texts with a few accidents: tokens lost, doubled, swapped or foreign, characters that are no text at all. */

import { scan } from '../syntax/scan.ts';
import type { Random } from './random.ts';

const foreign = [
  '{',
  '}',
  '(',
  ')',
  '[',
  '..',
  ')',
  '"',
  '/*',
  '*/',
  '\n',
  ';',
  ',',
  ':',
  '->',
  '.',
];
const more = [
  'else',
  'thread',
  'scenario "q" {',
  'use a/b',
  'in',
  '= =',
  '-',
  '!',
  '++',
  '2147483648',
  '///',
];
const characters = [
  '\0',
  '\uFEFF',
  '\uD800',
  '\u2028',
  '\r',
  '\t',
  '\\',
  '`',
  '@',
  '\u{1F600}',
  '\u00e9',
];

/** A copy of `text` with one to four accidents. */
export function mutate(text: string, random: Random): string {
  let mutant = text;
  for (let i = 1 + random.below(4); i > 0; i--)
    mutant = random.once(3) ? mutateCharacters(mutant, random) : mutateTokens(mutant, random);
  return mutant;
}

function mutateCharacters(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const over = random.once(2) ? 0 : random.below(12);
  const put = random.once(3) ? '' : random.of(characters);
  return text.slice(0, at) + put + text.slice(at + over);
}

function mutateTokens(text: string, random: Random): string {
  const { tokens } = scan(text);
  const token = tokens[random.below(tokens.length + 1)];
  const other = tokens[random.below(tokens.length + 1)];
  if (token === undefined || other === undefined) return text + random.of(foreign);
  const [before, after] = [text.slice(0, token.startOffset), text.slice(token.endOffset + 1)];
  switch (random.below(5)) {
    case 0:
      return before + after;
    case 1:
      return `${before}${token.image} ${token.image}${after}`;
    case 2:
      return before + other.image + after;
    case 3:
      return `${before}${token.image} ${random.of(random.once(2) ? foreign : more)} ${after}`;
    default:
      return before + text.slice(other.startOffset);
  }
}
