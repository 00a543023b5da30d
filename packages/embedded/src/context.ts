// SPDX-License-Identifier: MIT
/** In what an interpolation stands: code, a string, or a comment. */

/** The state of a reader of .hmm text between two characters. */
export interface Context {
  readonly inside: 'code' | 'string' | 'line comment' | 'block comment';
  /** Brackets that are open, of all kinds. */
  readonly depth: number;
}

/** At the beginning of a text. */
export const topLevel: Context = { inside: 'code', depth: 0 };

/** What begins, ends or matters in each context, longest first. */
const marks = {
  code: /"|\/\/|\/\*|[{}()[\]]/g,
  string: /\\[^]|["\n]/g,
  'line comment': /\n/g,
  'block comment': /\*\//g,
} as const;

/** The context after `text`, which begins in `context`. */
export function contextAfter(text: string, context: Context): Context {
  let { inside, depth } = context;
  for (let at = 0; ;) {
    const mark = marks[inside];
    mark.lastIndex = at;
    const found = mark.exec(text);
    if (found === null) return { inside, depth };
    at = mark.lastIndex;
    if (inside === 'code') {
      inside = begun(found[0]);
      if (inside === 'code') depth = Math.max(0, depth + (/[{([]/.test(found[0]) ? 1 : -1));
    } else if (!found[0].startsWith('\\')) inside = 'code';
  }
}

function begun(mark: string): Context['inside'] {
  if (mark === '"') return 'string';
  if (mark === '//') return 'line comment';
  return mark === '/*' ? 'block comment' : 'code';
}
