// SPDX-License-Identifier: MIT
/** Tables as text: numbers to the right, words to the left. */

export type Cell = string | number | null;

const thousands = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** Three digits that count: 0.0123, 1.23, 123, 12,345. */
export function figure(value: number): string {
  if (value >= 100 || Number.isInteger(value)) return thousands(`${Math.round(value)}`);
  return `${Number(value.toPrecision(3))}`;
}

/** Rows under a head. Null is a dash: not measured. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [head, ...rows.map((row) => row.map(cellText))];
  const widths = head.map((_, i) => Math.max(...texts.map((row) => row[i]?.length ?? 0)));
  const isNumber = head.map((_, i) => rows.some((row) => typeof row[i] === 'number'));
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) =>
        isNumber[i] === true ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return texts.map(line).join('\n');
}

function cellText(cell: Cell): string {
  if (cell === null) return '-';
  return typeof cell === 'number' ? figure(cell) : cell;
}
