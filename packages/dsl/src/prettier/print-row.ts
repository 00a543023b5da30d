// SPDX-License-Identifier: MIT
/** A row of words and comments, broken after commas, `||` or `&&` and inside brackets where it is too long. */

import { doc, type Doc } from 'prettier';
import type { Comment, Word } from './layout.ts';
import { printComment } from './print-comment.ts';

const { breakParent, fill, group, hardline, indent, join, line, softline } = doc.builders;

interface Bracket {
  readonly kind: 'bracket';
  readonly open: Word;
  readonly inner: readonly Item[];
  readonly close: Word | null;
}

type Item = Word | Comment | Bracket;

/** @returns the row without what stands before its first word; a line comment at its end needs a line end */
export function printRow(parts: readonly (Word | Comment)[]): Doc {
  return printItems(nest(parts), indent);
}

/** Whether a line end has to follow. */
export function endsLine(parts: readonly (Word | Comment)[]): boolean {
  const last = parts.at(-1);
  return last?.kind === 'comment' && last.text.startsWith('//');
}

function nest(parts: readonly (Word | Comment)[]): readonly Item[] {
  const stack: { readonly open: Word | null; readonly items: Item[] }[] = [
    { open: null, items: [] },
  ];
  for (const part of parts) {
    const top = stack.at(-1);
    const text = part.kind === 'word' ? part.text : '';
    if (part.kind === 'word' && (text === '(' || text === '['))
      stack.push({ open: part, items: [] });
    else if (part.kind === 'word' && (text === ')' || text === ']') && top?.open) {
      stack.pop();
      const bracket: Bracket = { kind: 'bracket', open: top.open, inner: top.items, close: part };
      stack.at(-1)?.items.push(bracket);
    } else top?.items.push(part);
  }
  return stack[0]?.items ?? [];
}

/** @param continued what is done to all lines but the first */
function printItems(
  items: readonly Item[],
  continued: (lines: Doc) => Doc = (lines) => lines,
): Doc {
  const breaks = items.some((item) => isWord(item, '||')) ? '||' : '&&';
  const first: Doc[] = [];
  const later: Doc[] = [];
  let before: Item | null = null;
  for (const item of items) {
    const space = separator(before, item, breaks);
    const target = later.length > 0 || space === line || space === hardline ? later : first;
    target.push(space, printItem(item));
    before = item;
  }
  return [...first, later.length === 0 ? '' : continued(later)];
}

function isWord(item: Item, text: string): boolean {
  return item.kind === 'word' && item.text === text;
}

function separator(before: Item | null, item: Item, breaks: string): Doc {
  if (before === null) return item.kind === 'comment' && item.before > 0 ? breakParent : '';
  if (item.kind === 'comment') return beforeComment(item, before);
  const { text, space } = item.kind === 'word' ? item : item.open;
  if (before.kind === 'comment') {
    if (before.after > 0) return hardline;
    return space === '' && /^[),\];]/.test(text) ? '' : ' ';
  }
  const breakable = isWord(before, breaks) || isWord(before, ',') || isWord(before, ';');
  return breakable && space !== '' ? line : space;
}

/** What parts a comment from what stands before it; a comma or semicolon between them may be gone. */
export function beforeComment(comment: Comment, before: Item | null): Doc {
  const belowLine = before?.kind === 'comment' && before.text.startsWith('//');
  return comment.before > 0 || belowLine ? hardline : ' ';
}

function printItem(item: Item): Doc {
  switch (item.kind) {
    case 'word':
      return item.text;
    case 'comment':
      return printComment(item);
    case 'bracket':
      return printBracket(item);
  }
}

/** What stands between two commas, and comments behind the comma on its line. */
interface Slot {
  readonly items: Item[];
  readonly behind: Comment[];
}

function printBracket({ open, inner, close }: Bracket): Doc {
  const end = close?.text ?? '';
  if (inner.length === 0) return [open.text, end];
  const slots = slotsOf(inner);
  const hasComment = inner.some(({ kind }) => kind === 'comment');
  if (open.tight && !hasComment) return [open.text, printItems(inner), end];
  const lastFull = slots.findLastIndex(({ items }) => items.some(({ kind }) => kind !== 'comment'));
  const docs = slots.map((slot, index) => {
    const { items, behind } = index < lastFull ? commaFirst(slot) : slot;
    return [group(printItems(items)), index < lastFull ? ',' : '', printBehind(behind)];
  });
  const strings = open.text === '[' && slots.length > 1 && slots.every(isString);
  const body = strings || hasComment ? join(line, docs) : fill(join(line, docs));
  return group([open.text, indent([softline, body]), softline, end]);
}

function slotsOf(inner: readonly Item[]): readonly Slot[] {
  const slots: Slot[] = [{ items: [], behind: [] }];
  let afterComma = false;
  for (const item of inner) {
    if (isWord(item, ',')) {
      slots.push({ items: [], behind: [] });
      afterComma = true;
      continue;
    }
    const behind = afterComma && item.kind === 'comment' && item.before === 0 && item.after > 0;
    if (behind) slots.at(-2)?.behind.push(item);
    else {
      slots.at(-1)?.items.push(item);
      afterComma = false;
    }
  }
  return slots.filter(({ items }) => items.length > 0);
}

/** Comments that end a line stand behind the comma, or it would become part of them. */
function commaFirst({ items, behind }: Slot): Slot {
  const last = items.findLastIndex(({ kind }) => kind !== 'comment');
  const moved = items.findIndex(
    (item, index) => index > last && item.kind === 'comment' && endsOrBeginsLine(item),
  );
  if (moved < 0) return { items, behind };
  const comments = items.slice(moved).filter((item) => item.kind === 'comment');
  return { items: items.slice(0, moved), behind: [...comments, ...behind] };
}

function endsOrBeginsLine({ text, before }: Comment): boolean {
  return text.startsWith('//') || before > 0;
}

function printBehind(comments: readonly Comment[]): Doc {
  return comments.map((comment, index) => [
    beforeComment(comment, comments[index - 1] ?? null),
    printComment(comment),
  ]);
}

function isString({ items }: Slot): boolean {
  return items.every((item) => item.kind === 'word' && item.text.startsWith('"'));
}
