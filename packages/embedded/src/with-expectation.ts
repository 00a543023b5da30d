// SPDX-License-Identifier: MIT
/** The text of a template with one expectation more in its scenarios, which is no part of the .ts file. */

import { type Scenario, parse } from '@hmmlab/dsl';
import type { Assembled, Piece } from './template-source.ts';

/** Pieces with this index are not written in the file; their place is the beginning of the template. */
const ADDED = -1;

/**
 * A template that does not parse is given back as it is: compiling it says what is wrong with it.
 *
 * @param expectation what stands after `expect`: `deadlock on m`, `sometimes x == 1`
 * @throws TypeError if that is not one expectation
 */
export function withExpectation(source: Assembled, expectation: string): Assembled {
  requireExpectation(expectation);
  const scenarios = (parse(source.text, '').ast?.items ?? []).filter(
    (item): item is Scenario => item.kind === 'scenario' && item.hasBody,
  );
  // A line of its own: a thread of one line ends with it.
  const added = `\nexpect ${expectation}\n`;
  return scenarios.reduceRight<Assembled>(
    (whole, { end }) => insert(whole, end - 1, added),
    source,
  );
}

/** One `expect` and nothing else: what is asked is no place for other text. */
function requireExpectation(expectation: string): void {
  const { ast, diagnostics } = parse(`scenario "" {\nexpect ${expectation}\n}`, '');
  const [scenario, ...others] = ast?.items ?? [];
  const items = scenario?.kind === 'scenario' ? scenario.items : [];
  if (others.length === 0 && items.length === 1 && items[0]?.kind === 'expect') return;
  const why = diagnostics[0];
  const reason = why === undefined ? '' : `: ${why.message} (${why.code})`;
  throw new TypeError(`hmm: \`${expectation}\` is no expectation${reason}`);
}

function insert({ text, pieces, included }: Assembled, at: number, added: string): Assembled {
  const part = { start: at, end: at + added.length, index: ADDED, from: null };
  const split = pieces.flatMap((piece): readonly Piece[] => {
    if (piece.end <= at) return [piece];
    if (piece.start >= at) return [moved(piece, piece.start, added.length)];
    return [{ ...piece, end: at }, moved(piece, at, added.length)];
  });
  const index = split.findIndex(({ start }) => start >= at + added.length);
  return {
    text: text.slice(0, at) + added + text.slice(at),
    pieces: split.toSpliced(index === -1 ? split.length : index, 0, part),
    included,
  };
}

/** What of `piece` begins at `at`, further behind by `by`. */
function moved(piece: Piece, at: number, by: number): Piece {
  const from = piece.from === null ? null : piece.from + at - piece.start;
  return { ...piece, start: at + by, end: piece.end + by, from };
}
