// SPDX-License-Identifier: MIT
/** Parts of a row as text on one line, for what must stay on one or is measured. */

import type { Body, Comment, Element, Entry, Part } from './layout.ts';

/** Null if it cannot stand on one line, because of a comment. */
export function flat(parts: readonly Part[]): string | null {
  let text = '';
  let afterComment = false;
  for (const part of parts) {
    const next = flatPart(part);
    if (next === null) return null;
    const space = text === '' ? '' : spaceBefore(part, text, afterComment);
    text += space + next;
    afterComment = part.kind === 'comment';
  }
  return text;
}

/** `a; b; c`, as it stands behind the `:` of a thread or between braces. */
export function flatList({ entries, separator }: Body): string | null {
  let text = '';
  for (const entry of entries) {
    const next = flatEntry(entry);
    if (next === null) return null;
    text += next;
    if (entry !== entries.at(-1)) text += isLabel(entry) ? ' ' : `${separator} `;
  }
  return text;
}

function isLabel(entry: Entry): boolean {
  return entry.kind === 'element' && entry.node === 'label';
}

function flatEntry(entry: Entry): string | null {
  if (entry.kind === 'comments' || entry.verbatim !== null) return null;
  const row = flat(entry.parts);
  const comments = [...entry.leading, ...entry.trailing].map(flatComment);
  if (row === null || comments.includes(null)) return null;
  const leading = comments.slice(0, entry.leading.length);
  return [...leading, row, ...comments.slice(entry.leading.length)].join(' ');
}

function flatPart(part: Part): string | null {
  switch (part.kind) {
    case 'word':
      return part.text;
    case 'comment':
      return flatComment(part);
    case 'branch':
      return flatBranch(part.element);
    case 'body':
      return flatBody(part);
  }
}

function flatComment({ text }: Comment): string | null {
  return text.startsWith('//') || text.includes('\n') ? null : text;
}

function flatBranch(element: Element): string | null {
  return flat(element.parts);
}

function flatBody(body: Body): string | null {
  if (body.opening.length > 0) return null;
  if (body.entries.length === 0) return '{}';
  const list = flatList(body);
  return list === null ? null : `{ ${list} }`;
}

function spaceBefore(part: Part, text: string, afterComment: boolean): string {
  if (part.kind === 'branch') return part.element.node === 'empty' ? '' : ' ';
  if (part.kind === 'comment') return /[([]$/.test(text) ? '' : ' ';
  if (part.kind === 'body') return ' ';
  const apart = afterComment || text.endsWith('}');
  return apart && part.space === '' && !/^[)\],;]/.test(part.text) ? ' ' : part.space;
}
