// SPDX-License-Identifier: MIT
/** "Did you mean": the candidate that a mistyped word is closest to. */

/** The closest of `candidates`, or null if none is within a third of the word's length (at least 1 edit). */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const tolerance = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= tolerance && (best === null || distance < best.distance))
      best = { candidate, distance };
  }
  return best === null ? null : best.candidate;
}

/** Insertions, deletions and replacements that turn `a` into `b` (Wagner and Fischer, 1974). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, at(row, j) + 1, at(next, j - 1) + 1));
    }
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
