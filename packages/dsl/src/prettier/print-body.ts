// SPDX-License-Identifier: MIT
/** Lists of elements, and elements with the lists inside them. */

import { doc, type Doc } from 'prettier';
import { columnsOf } from './columns.ts';
import type { Body, Branch, Comment, Element, Entry, Part, Word } from './layout.ts';
import { printComment, printVerbatim } from './print-comment.ts';
import { beforeComment, endsLine, printRow } from './print-row.ts';

const { dedent, group, hardline, ifBreak, indent, line, lineSuffix } = doc.builders;

/** Columns of a line, and of one level of indentation. */
export interface Widths {
  readonly line: number;
  readonly level: number;
}

/** Entries, each preceded by its line end and those of the blank line before it. */
export function printEntries(body: Body, widths: Widths, depth: number): readonly Doc[] {
  const { entries } = body;
  const columns = columnsOf(entries, widths.line - depth * widths.level);
  return entries.map((entry, index) => {
    return [
      index > 0 && entry.blankBefore ? hardline : '',
      isLabel(entry) && depth > 0 ? dedent(hardline) : hardline,
      printEntry(entry, columns.get(entry) ?? null, markAfter(body, index), widths, depth),
    ];
  });
}

/** Labels stand one level to the left where they have a line of their own. */
function isLabel(entry: Entry): boolean {
  return entry.kind === 'element' && entry.node === 'label';
}

/** A comma between elements, and the semicolon without which a block would belong to the word before it. */
function markAfter({ entries, separator }: Body, index: number): '' | ',' | ';' {
  const entry = entries[index];
  if (entry?.kind !== 'element') return '';
  let at = index + 1;
  while (entries[at]?.kind === 'comments') at++;
  const next = entries[at];
  if (next?.kind !== 'element') return '';
  if (separator === ',') return ',';
  return next.parts[0]?.kind === 'body' && !endsInBraces(entry.parts) ? ';' : '';
}

function endsInBraces(parts: readonly Part[]): boolean {
  const last = parts.at(-1);
  return last?.kind === 'branch' ? endsInBraces(last.element.parts) : last?.kind === 'body';
}

function printEntry(
  entry: Entry,
  oneLiner: string | null,
  mark: Doc,
  widths: Widths,
  depth: number,
): Doc {
  if (entry.kind === 'comments') return spaced(entry.comments);
  const row = oneLiner ?? printElement(entry, widths, depth);
  const leading = entry.leading.map((comment) => [printComment(comment), ' ']);
  return [...leading, row, mark, ...entry.trailing.map(printTrailing)];
}

function spaced(comments: readonly Comment[]): Doc {
  return comments.map((comment, index) => [index === 0 ? '' : ' ', printComment(comment)]);
}

/** A comment behind an element. It has no part in whether the element fits on its line. */
function printTrailing(comment: Comment): Doc {
  const text = [' ', printComment(comment)];
  return comment.text.startsWith('//') ? [lineSuffix(text), doc.builders.breakParent] : text;
}

function printElement(element: Element, widths: Widths, depth: number): Doc {
  if (element.verbatim !== null) return printVerbatim(element.verbatim);
  return new ElementPrinter(widths, depth).print(element);
}

/** Prints the rows of an element between its bodies and branches. */
class ElementPrinter {
  readonly #widths: Widths;
  readonly #depth: number;
  readonly #docs: Doc[] = [];
  #row: (Word | Comment)[] = [];
  #before: Body | Branch | null = null;

  constructor(widths: Widths, depth: number) {
    this.#widths = widths;
    this.#depth = depth;
  }

  print({ parts }: Element): Doc {
    for (const part of parts) this.#take(part);
    this.#takeRow();
    return this.#docs;
  }

  #take(part: Part): void {
    switch (part.kind) {
      case 'word':
      case 'comment':
        this.#row.push(part);
        return;
      case 'branch':
        this.#takeBranch(part);
        return;
      case 'body':
        this.#takeBody(part);
    }
  }

  /** Parts the words that wait from the body or branch before them; returns them. */
  #startRow(): readonly (Word | Comment)[] {
    const [row, before] = [this.#row, this.#before];
    this.#row = [];
    if (before === null) return row;
    let space: Doc = before.kind === 'branch' ? hardline : ' ';
    let last: Comment | null = null;
    for (let part = row[0]; part?.kind === 'comment'; part = row[0]) {
      this.#docs.push(beforeComment(part, last), printComment(part));
      space = part.after > 0 ? hardline : ' ';
      last = part;
      row.shift();
    }
    const [next] = row;
    if (next?.kind === 'word' && next.text === ',') space = '';
    if (row.length > 0) this.#docs.push(space);
    return row;
  }

  #takeRow(): void {
    const row = this.#startRow();
    this.#docs.push(group(printRow(row)));
  }

  #takeBranch(branch: Branch): void {
    const row = this.#startRow();
    const { element } = branch;
    const [ends, last] = [endsLine(row), row.at(-1)];
    const chained = element.node === 'if' && last?.kind === 'word' && last.text === 'else';
    const head = group(printRow(row));
    const inner = printElement(element, this.#widths, this.#depth);
    if (chained) this.#docs.push(head, ' ', inner);
    else if (element.node === 'empty') this.#docs.push(head, ends ? hardline : '', inner);
    else this.#docs.push(group([head, indent([ends ? hardline : line, inner])]));
    this.#before = branch;
  }

  #takeBody(body: Body): void {
    const bare = this.#row.length === 0 && this.#before === null;
    const row = this.#startRow();
    const space = endsLine(row) ? hardline : bare ? '' : ' ';
    const braces = printBraces(body, this.#widths, this.#depth);
    this.#docs.push(group(printRow(row)), space, braces);
    this.#before = body;
  }
}

function printBraces(body: Body, widths: Widths, depth: number): Doc {
  const { entries, opening, form, separator } = body;
  const open = ['{', ...opening.map((comment) => [' ', printComment(comment)])];
  const ends = endsLine(opening);
  if (entries.length === 0) return [open, ends ? hardline : opening.length > 0 ? ' ' : '', '}'];
  if (form !== 'inline' || ends)
    return [open, indent([...printEntries(body, widths, depth + 1)]), hardline, '}'];
  const docs = entries.map((entry, index) => {
    const inline = separator === ';' && index < entries.length - 1 ? ifBreak('', ';') : '';
    const mark = markAfter(body, index);
    const start = isLabel(entry) ? dedent(line) : line;
    return [start, printEntry(entry, null, '', widths, depth + 1), mark === '' ? inline : mark];
  });
  return group([open, indent(docs), line, '}']);
}
