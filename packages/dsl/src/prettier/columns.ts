// SPDX-License-Identifier: MIT
/**
 * Columns of neighbouring one-liners. Threads `thread A: ...` have their statements in one column,
 * threads with a condition in one of their own; expectations have the conditions behind `sometimes` and its like, their `if` and their `under` in one
 * column each. Neighbours have no blank line and no comment line between them. A group whose columns do
 * not fit into the width has none.
 */

import { util } from 'prettier';
import { flat, flatList } from './flat.ts';
import type { Element, Entry, Part } from './layout.ts';

/** A one-liner in pieces: `thread A:`, its statements; `expect never`, `x == 1`, `if y`, `under ["z"]`. */
interface Row {
  /** Only rows of one sort share columns. */
  readonly sort: 'thread' | 'conditional thread' | 'expect';
  /** Empty for an expectation that is all `rest`. */
  readonly lead: string;
  readonly rest: string;
  /** Empty where there is none. */
  readonly condition: string;
  readonly under: string;
}

/** One-liners that share columns. */
type Group = ReadonlyMap<Entry, Row>;

/** The text of each one-liner. @param width columns left for the entries */
export function columnsOf(entries: readonly Entry[], width: number): ReadonlyMap<Entry, string> {
  const texts = new Map<Entry, string>();
  for (const group of columnGroups(entries, width))
    for (const [entry, text] of layOut(group, width)) texts.set(entry, text);
  return texts;
}

/** The groups in order; entries that are in none are of another kind or need several lines. */
export function columnGroups(entries: readonly Entry[], width: number): readonly Group[] {
  const found: Group[] = [];
  let open: { readonly sort: string; readonly rows: Map<Entry, Row> } | null = null;
  for (const entry of entries) {
    const row = entry.kind === 'element' ? rowOf(entry) : null;
    if (entry.kind === 'comments' || row === null || widthOf(plain(row)) > width) {
      open = null;
      continue;
    }
    const parted = entry.blankBefore || entry.leading.length > 0;
    if (open === null || open.sort !== row.sort || parted) {
      open = { sort: row.sort, rows: new Map() };
      found.push(open.rows);
    }
    open.rows.set(entry, row);
  }
  return found;
}

function layOut(group: Group, width: number): readonly (readonly [Entry, string])[] {
  const rows = [...group.values()];
  const leads = widest(rows.map(({ lead }) => lead));
  const heads = rows.map(({ lead, rest }) => (lead === '' ? rest : `${pad(lead, leads)} ${rest}`));
  const hasTail = rows.map(({ condition, under }) => condition !== '' || under !== '');
  const first = widest(heads.filter((_, index) => hasTail[index] === true));
  const second = widest(rows.filter(({ under }) => under !== '').map(({ condition }) => condition));
  const texts = rows.map(({ condition, under }, index) => {
    const [head, tail] = [heads[index] ?? '', hasTail[index] === true];
    const middle = second === 0 && condition === '' ? '' : `  ${pad(condition, second)}`;
    return (
      tail ? `${pad(head, first)}${middle}${under === '' ? '' : `  ${under}`}` : head
    ).trimEnd();
  });
  const fits = texts.every((text) => widthOf(text) <= width);
  return [...group].map(([entry, row], index) => [entry, fits ? (texts[index] ?? '') : plain(row)]);
}

function plain({ lead, rest, condition, under }: Row): string {
  const tails = [condition, under].filter((tail) => tail !== '').map((tail) => `  ${tail}`);
  return `${lead === '' ? '' : `${lead} `}${rest}${tails.join('')}`;
}

function widthOf(text: string): number {
  return util.getStringWidth(text);
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(widthOf));
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Null for elements without columns, and for those that need several lines. */
function rowOf(element: Element): Row | null {
  if (element.verbatim !== null) return null;
  if (element.node === 'thread') return threadRow(element.parts);
  return element.node === 'expect' ? expectRow(element.parts) : null;
}

function threadRow(parts: readonly Part[]): Row | null {
  const body = parts.at(-1);
  if (body?.kind !== 'body' || body.form !== 'line' || body.entries.length === 0) return null;
  const [head, rest] = [flat(parts.slice(0, -1)), flatList(body)];
  if (head === null || rest === null) return null;
  const conditional = parts.some((part) => part.kind === 'word' && part.text === 'if');
  const sort = conditional ? 'conditional thread' : 'thread';
  return { sort, lead: `${head}:`, rest, condition: '', under: '' };
}

/** Null also if `under` stands before `if`. */
function expectRow(parts: readonly Part[]): Row | null {
  const under = suffix(parts, 'under');
  const condition = suffix(parts, 'if');
  if (condition > under && condition !== parts.length) return null;
  const end = Math.min(condition, under);
  const second = parts[1];
  const quantified = second?.kind === 'word' && quantifiers.has(second.text);
  const row = {
    lead: flat(parts.slice(0, quantified ? 2 : 0)),
    rest: flat(parts.slice(quantified ? 2 : 0, end)),
    condition: flat(parts.slice(end, under)),
    under: flat(parts.slice(under)),
  };
  return isFlat(row) ? { sort: 'expect', ...row } : null;
}

function isFlat(
  row: Readonly<Record<Texts, string | null>>,
): row is Readonly<Record<Texts, string>> {
  return Object.values(row).every((text) => text !== null);
}

type Texts = 'lead' | 'rest' | 'condition' | 'under';

const quantifiers: ReadonlySet<string> = new Set(['sometimes', 'always', 'never', 'eventually']);

/** Index of the `if` or `under` behind an expectation, or the number of parts. */
function suffix(parts: readonly Part[], word: string): number {
  const index = parts.findIndex(
    (part) => part.kind === 'word' && part.space === '  ' && part.text === word,
  );
  return index < 0 ? parts.length : index;
}
