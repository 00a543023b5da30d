// SPDX-License-Identifier: MIT
/** lockdep's picture as text: CPU0, CPU1, ... side by side, DEADLOCK below. */

import type { LockPicture } from '../report.ts';
import { cut, padded, textWidth } from './text-width.ts';
import { visible } from './visible.ts';

/** Cells between the left edge and the first column. */
const MARGIN = 2;
/** Cells that two columns are apart at least. */
const LEAST = 12;
const MOST = 32;

/**
 * One thread acts per line, so a long text may run on below the next heads.
 *
 * @param ending the last line, such as ` *** DEADLOCK ***`
 * @returns null when the columns do not fit
 */
export function pictureLines(
  { threads, rows }: LockPicture,
  width: number,
  ending: string,
): string[] | null {
  const texts = rows.map(({ text, waits }) => visible(text) + (waits ? '  *' : ''));
  const longest = Math.max(0, ...texts.map((text) => textWidth(text)));
  const gaps = Math.max(1, threads.length - 1);
  const apart = Math.min(MOST, Math.floor((width - MARGIN - longest) / gaps));
  if (apart < LEAST) return null;
  const heads = threads.map((name, lane) => cut(`CPU${lane} (${visible(name)})`, apart - 1));
  const line = (cells: readonly string[]): string =>
    cells.reduce(
      (text, cell, lane) => (cell === '' ? text : padded(text, MARGIN + lane * apart) + cell),
      '',
    );
  return [
    line(heads),
    line(heads.map(() => '----')),
    ...rows.map(({ lane }, index) =>
      line(threads.map((_, each) => (each === lane ? (texts[index] ?? '') : ''))),
    ),
    '',
    ending,
  ];
}
