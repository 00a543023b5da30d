// SPDX-License-Identifier: MIT
/** Colours of a terminal. They only repeat what the text says already. */

export type Tone = 'failing' | 'passing' | 'headline' | 'note' | 'quiet';

/** Wraps a finished text; measure before painting. */
export type Paint = (tone: Tone, text: string) => string;

const CODES: Readonly<Record<Tone, readonly [on: number, off: number]>> = {
  failing: [91, 39],
  passing: [32, 39],
  headline: [1, 22],
  note: [36, 39],
  quiet: [2, 22],
};

const plain: Paint = (_tone, text) => text;

const coloured: Paint = (tone, text) => {
  const [on, off] = CODES[tone];
  return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
};

/** The paint for a terminal with or without colour. */
export function createPaint(color: boolean): Paint {
  return color ? coloured : plain;
}
