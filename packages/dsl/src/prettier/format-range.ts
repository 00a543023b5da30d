// SPDX-License-Identifier: MIT
/**
 * Formats the elements that a range of the text touches and leaves all others as they are. Prettier finds
 * ranges only in its own languages; for others it gives back what the parser's `preprocess` returns.
 */

import { doc } from 'prettier';
import { columnGroups } from './columns.ts';
import { type Body, type Entry, entrySpan, type Part } from './layout.ts';
import { printEntries, type Widths } from './print-body.ts';

const { indent } = doc.builders;

/** Offsets, the end exclusive. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** A list, and how deep its entries are indented. */
interface Place {
  readonly body: Body;
  readonly depth: number;
}

/** @returns the whole text */
export function formatRange(
  text: string,
  file: Body,
  range: Range,
  widths: Widths,
  print: (what: doc.builders.Doc) => string,
): string {
  const { body, depth } = innermost({ body: file, depth: 0 }, range);
  const entries = selected(body, range, widths.line - depth * widths.level);
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return text;
  const { start } = entrySpan(first);
  const { end } = entrySpan(last);
  let printed: doc.builders.Doc = printEntries({ ...body, entries }, widths, depth).slice();
  for (let level = 0; level < depth; level++) printed = indent(printed);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const alone = text.slice(lineStart, start).trim() === '';
  const lines = print(printed).replace(/^\n+/, '').trimEnd();
  return (
    text.slice(0, alone ? lineStart : start) + (alone ? lines : lines.trimStart()) + text.slice(end)
  );
}

/** The list in lines of their own that holds the range and no more than needed. */
function innermost(place: Place, range: Range): Place {
  for (const entry of place.body.entries) {
    if (entry.kind === 'comments') continue;
    const inner = bodies(entry.parts).find(
      (body) => body.start <= range.start && range.end <= body.end,
    );
    if (inner !== undefined && inner.form === 'block')
      return innermost({ body: inner, depth: place.depth + 1 }, range);
  }
  return place;
}

function bodies(parts: readonly Part[]): readonly Body[] {
  return parts.flatMap((part) => {
    if (part.kind === 'branch') return bodies(part.element.parts);
    return part.kind === 'body' ? [part] : [];
  });
}

/** Entries that the range touches, and those that share columns with them. */
function selected({ entries }: Body, range: Range, width: number): readonly Entry[] {
  const touched = new Set<Entry>(entries.filter((entry) => touches(entry, range)));
  for (const group of columnGroups(entries, width))
    if ([...group.keys()].some((entry) => touched.has(entry)))
      for (const entry of group.keys()) touched.add(entry);
  return entries.filter((entry) => touched.has(entry));
}

function touches(entry: Entry, range: Range): boolean {
  const { start, end } = entrySpan(entry);
  return start < range.end && range.start < end;
}
