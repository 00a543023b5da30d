// SPDX-License-Identifier: MIT
/** Finds a template literal in the source that it was written in. */

/** Offsets into a source. */
export interface Hole {
  /** Of `${`. */
  readonly start: number;
  /** After `}`. */
  readonly end: number;
}

/** Where a template literal stands. */
export interface Literal {
  /** Offset after the opening backtick. */
  readonly start: number;
  /** One for each interpolation. */
  readonly holes: readonly Hole[];
}

/**
 * The literal with exactly these raw texts that begins nearest to `near`, or null.
 *
 * @param source with `\n` as its only line end, as the language has it in raw texts too
 */
export function findLiteral(source: string, raw: readonly string[], near: number): Literal | null {
  const opening = `\`${raw[0] ?? ''}`;
  let best: Literal | null = null;
  for (let at = source.indexOf(opening); at !== -1; at = source.indexOf(opening, at + 1)) {
    const literal = literalAt(source, raw, at + 1);
    if (literal === null) continue;
    if (best === null || Math.abs(at - near) < Math.abs(best.start - 1 - near)) best = literal;
  }
  return best;
}

function literalAt(source: string, raw: readonly string[], start: number): Literal | null {
  const holes: Hole[] = [];
  let at = start;
  for (const [index, text] of raw.entries()) {
    if (!source.startsWith(text, at)) return null;
    at += text.length;
    if (index === raw.length - 1) break;
    if (!source.startsWith('${', at)) return null;
    const end = skipCode(source, at + 2);
    if (end === null) return null;
    holes.push({ start: at, end });
    at = end;
  }
  return source[at] === '`' ? { start, holes } : null;
}

/** From inside a `{` to behind its `}`. Regular expressions with brackets or quotes are not understood. */
function skipCode(source: string, from: number): number | null {
  let depth = 1;
  let at = from;
  while (at < source.length) {
    const skipped = skipOther(source, at);
    if (skipped === null) return null;
    if (skipped > at) {
      at = skipped;
      continue;
    }
    if (source[at] === '{') depth++;
    if (source[at] === '}') depth--;
    at++;
    if (depth === 0) return at;
  }
  return null;
}

/** Behind the comment, string or template that begins at `at`; `at` if none does, null if it never ends. */
function skipOther(source: string, at: number): number | null {
  const rest = (end: string): number | null => {
    const found = source.indexOf(end, at + 2);
    return found === -1 ? null : found + end.length;
  };
  if (source.startsWith('//', at)) return rest('\n');
  if (source.startsWith('/*', at)) return rest('*/');
  const quote = source[at];
  if (quote === '"' || quote === "'" || quote === '`') return skipQuoted(source, at + 1, quote);
  return at;
}

function skipQuoted(source: string, from: number, quote: string): number | null {
  for (let at = from; at < source.length; at++) {
    if (source[at] === quote) return at + 1;
    if (source[at] === '\\') at++;
    else if (quote === '`' && source.startsWith('${', at)) {
      const end = skipCode(source, at + 2);
      if (end === null) return null;
      at = end - 1;
    }
  }
  return null;
}
