// SPDX-License-Identifier: MIT
/** "Did you mean": the known word closest to a mistyped one. */

/** Changes, insertions, removals and swaps of neighbours that make `a` into `b`. Both are short. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const change = (previous[j - 1] ?? 0) + (same ? 0 : 1);
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(change, swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length] ?? 0;
}

/** Candidates that are looked at: enough for what people write. */
const mostCandidates = 2_000;

/** The closest candidate, or null if none is within a third of the word's length. First of equals wins. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > 64) return null;
  let best: string | null = null;
  let bound = Math.min(Math.max(1, Math.floor(word.length / 3)) + 1, word.length);
  let left = mostCandidates;
  for (const candidate of candidates) {
    if (left-- === 0) break;
    if (Math.abs(candidate.length - word.length) >= bound || candidate === word) continue;
    const d = distance(word, candidate);
    if (d < bound) [best, bound] = [candidate, d];
  }
  return best;
}

/** `did you mean X?`, or null. */
export function didYouMean(word: string, candidates: Iterable<string>): string | null {
  const best = nearest(word, candidates);
  return best === null ? null : `did you mean \`${best}\`?`;
}
