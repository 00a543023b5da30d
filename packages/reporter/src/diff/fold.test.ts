import { describe, expect, test } from 'vitest';
import { buildCase } from '../testing/build-case.ts';
import type { Deed } from '../testing/build-case.ts';
import type { Piece } from './fold.ts';
import { foldBeginning, foldSteps } from './fold.ts';

const { trace } = buildCase({ title: 't', file: 't.hmm', threads: ['A', 'B'], source: 'code' });
const deed = (text: string, change?: string): Deed => [
  'A',
  1,
  text,
  { at: 'code', changes: change === undefined ? [] : [change] },
];
const never = { noted: () => false, central: () => false };

/** `0 1 [2+4 4x1] 6`: steps by index, folds as from+count with repetitions. */
function shape(pieces: readonly Piece[]): string {
  const texts = pieces.map((piece) => {
    if (piece.kind === 'step') return String(piece.index);
    const { repeats } = piece;
    const again = repeats === null ? '' : ` ${repeats.times}x${repeats.period}`;
    return `[${piece.from}+${piece.count}${again}]`;
  });
  return texts.join(' ');
}

const steps = (texts: readonly string[]) => trace(texts.map((text) => deed(text))).steps;

describe('repetitions', () => {
  test('fold after their first turn', () => {
    expect(shape(foldSteps(steps('abcabcabcd'.split('')), 0, never))).toBe('0 1 2 [3+6 2x3] 9');
    expect(shape(foldSteps(steps('aaaa'.split('')), 0, never))).toBe('0 [1+3 3x1]');
  });

  test('stay when folding saves nothing', () => {
    expect(shape(foldSteps(steps('aabc'.split('')), 0, never))).toBe('0 1 2 3');
  });

  test('never swallow a note', () => {
    const interest = { ...never, noted: (index: number) => index === 3 };
    expect(shape(foldSteps(steps('aaaaa'.split('')), 0, interest))).toBe('0 [1+2 2x1] 3 4');
  });

  test('a step that changes something else is another step', () => {
    const { steps: counting } = trace([0, 1, 2, 3].map((n) => deed('inc', `x: ${n} -> ${n + 1}`)));
    expect(shape(foldSteps(counting, 0, never))).toBe('0 1 2 3');
  });
});

describe('too many rows', () => {
  const letters = Array.from({ length: 30 }, (_, index) => `step ${index}`);

  test('steps without interest fold, the ends stay', () => {
    expect(shape(foldSteps(steps(letters), 0, never))).toBe('0 [1+28] 29');
  });

  test('what the finding is about stays', () => {
    const interest = { ...never, central: (index: number) => index === 9 };
    expect(shape(foldSteps(steps(letters), 0, interest))).toBe('0 [1+8] 9 [10+19] 29');
  });

  test('if all is about the finding, the middle folds but for the notes', () => {
    const interest = { noted: (index: number) => index === 14, central: () => true };
    expect(shape(foldSteps(steps(letters), 0, interest))).toBe(
      '0 1 2 3 4 5 [6+8] 14 [15+9] 24 25 26 27 28 29',
    );
  });
});

test('a common beginning keeps its last two steps and its notes', () => {
  expect(shape(foldBeginning(5, never.noted))).toBe('0 1 2 3 4');
  expect(shape(foldBeginning(9, never.noted))).toBe('[0+7] 7 8');
  expect(shape(foldBeginning(9, (index) => index === 3))).toBe('[0+3] 3 [4+3] 7 8');
});
