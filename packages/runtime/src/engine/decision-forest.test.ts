// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { DecisionForest, leafOf } from './decision-forest.ts';
import { packed } from './packing.ts';
import type { Question, Read } from './recording-view.ts';

const value = (field: number): Read => ({ field, question: null });
const isEven: Question = { name: 'even', of: (number) => number % 2 === 0 };

/** A forest with one root over fields of 4 bits, and one packed state to ask it about. */
function forest(main: number | null = null) {
  const packing = packed([4, 4, 4, 10]);
  const trees = new DecisionForest(packing);
  const root = main === null ? trees.addRoots(1) : trees.addMainRoot(main);
  const words = new Int32Array(packing.words);
  const at = (fields: readonly number[]): Int32Array => {
    for (const [field, number] of fields.entries()) packing.write(words, 0, field, number);
    return words;
  };
  return {
    trees,
    learn: (fields: readonly number[], reads: readonly Read[], leaf: number) =>
      trees.learn(root, reads, leaf, (field) => fields[field] ?? 0),
    find: (fields: readonly number[]) => trees.find(root, at(fields), 0),
    way: (fields: readonly number[]) => trees.readsOnWay(root, (field) => fields[field] ?? 0),
  };
}

describe('a learned function', () => {
  test('answers for states that agree on what was read, and for no other', () => {
    const { learn, find } = forest();
    learn([3, 5, 0, 0], [value(0), value(1)], 7);
    expect(leafOf(find([3, 5, 9, 9]))).toBe(7);
    expect(find([3, 6, 0, 0])).toBe(0);
    expect(find([2, 5, 0, 0])).toBe(0);
  });

  test('may read something else where it read another value', () => {
    const { learn, find } = forest();
    learn([1, 0, 0, 0], [value(0), value(1)], 1);
    learn([2, 0, 4, 0], [value(0), value(2)], 2);
    expect([find([1, 0, 9, 0]), find([2, 9, 4, 0])].map(leafOf)).toEqual([1, 2]);
  });

  test('that reads nothing has one answer', () => {
    const { learn, find } = forest();
    learn([0, 0, 0, 0], [], 4);
    expect(leafOf(find([9, 9, 9, 9]))).toBe(4);
  });

  test('with many values of one field, also of the first', () => {
    for (const main of [null, 3]) {
      const { learn, find } = forest(main);
      for (let i = 0; i < 1000; i += 3) learn([0, 0, 0, i], [value(3)], i);
      for (let i = 0; i < 1000; i += 1) {
        expect(find([0, 0, 0, i])).toBe(i % 3 === 0 ? -1 - i : 0);
      }
    }
  });

  test('that contradicts itself is a mistake of ours', () => {
    const { learn } = forest();
    learn([1, 2, 0, 0], [value(0), value(1)], 1);
    expect(() => learn([1, 2, 3, 0], [value(0), value(2)], 2)).toThrow('a read was not noted');
    expect(() => learn([1, 2, 0, 0], [value(0), value(1)], 2)).toThrow('a read was not noted');
    expect(() => learn([1, 2, 0, 0], [value(0)], 2)).toThrow('a read was not noted');
  });
});

describe('a question', () => {
  const reads = [{ field: 0, question: isEven }, value(1)];

  test('has one branch for each answer, found on the way for values not met before', () => {
    const { learn, find, way } = forest();
    learn([2, 7, 0, 0], reads, 1);
    expect(find([4, 7, 0, 0])).toBe(0);
    expect(way([4, 7, 0, 0])).toEqual(reads);
    expect(leafOf(find([4, 7, 0, 0]))).toBe(1);
    way([5, 7, 0, 0]);
    expect(find([5, 7, 0, 0])).toBe(0);
  });

  test('what is learned behind one value counts for the others', () => {
    const { learn, find, way } = forest();
    learn([2, 7, 0, 0], reads, 1);
    learn([6, 8, 0, 0], reads, 2);
    for (const first of [2, 4, 6]) way([first, 8, 0, 0]);
    expect([2, 4, 6].map((first) => leafOf(find([first, 8, 0, 0])))).toEqual([2, 2, 2]);
  });
});

describe('when fields get other places', () => {
  test.each([5, 12])('to %i bits, what was learned is still known', (width) => {
    const before = packed([2, 2]);
    const trees = new DecisionForest(before);
    const root = trees.addRoots(1);
    for (let i = 0; i < 4; i += 1) {
      trees.learn(root, [value(1), value(0)], i, (field) => (field === 0 ? 3 - i : i));
    }
    const after = packed([2, width]);
    trees.repack(after);
    const words = new Int32Array(after.words);
    for (let i = 0; i < 4; i += 1) {
      after.write(words, 0, 0, 3 - i);
      after.write(words, 0, 1, i);
      expect(leafOf(trees.find(root, words, 0))).toBe(i);
    }
    after.write(words, 0, 1, 2 ** width - 1);
    expect(trees.find(root, words, 0)).toBe(0);
  });
});
