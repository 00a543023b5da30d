// SPDX-License-Identifier: MIT
/**
 * A learned function of states, as a tree: an inner node reads one field and has a child per value, a leaf
 * is an answer. The same idea as `engine/decision-forest.ts`, for states that are plain rows of numbers.
 */

import type { Question, Read } from '../engine/recording-view.ts';

interface Node<Answer> {
  /** What is read here, or -1 at a leaf. */
  readonly field: number;
  readonly question: Question | null;
  /** By value of the field. */
  readonly children: (Node<Answer> | undefined)[];
  /** Where only the answer to a question is read: the child of all values with that answer. */
  readonly byAnswer: Map<boolean, Node<Answer>>;
  readonly answer: Answer | null;
}

export class DecisionTree<Answer> {
  #root: Node<Answer> | undefined;

  /** The answer for the row at `offset`, or null if none like it has been learned. */
  find(rows: Int32Array, offset: number): Answer | null {
    let node = this.#root;
    while (node !== undefined && node.field >= 0) {
      const value = rows[offset + node.field] ?? 0;
      node = node.children[value] ?? shared(node, value);
    }
    return node === undefined ? null : node.answer;
  }

  /**
   * Adds the path of one run.
   *
   * @param number the value of a field in the state that was run on
   * @throws if the run read something else than an earlier one that agreed with it so far
   */
  learn(reads: readonly Read[], number: (field: number) => number, answer: Answer): void {
    let set = (node: Node<Answer>): void => void (this.#root = node);
    let next = this.#root;
    for (const read of reads) {
      const node = next ?? innerNode<Answer>(read);
      if (next === undefined) set(node);
      if (node.field !== read.field || node.question?.name !== read.question?.name) {
        throw new Error('two runs that read the same values differ: a read was not noted');
      }
      const value = number(read.field);
      next = node.children[value] ?? shared(node, value);
      set = (child) => enter(node, value, child);
    }
    if (next !== undefined) throw new Error('a run that is known was learned again');
    set({ field: -1, question: null, children: [], byAnswer: new Map(), answer });
  }
}

function innerNode<Answer>({ field, question }: Read): Node<Answer> {
  return { field, question, children: [], byAnswer: new Map(), answer: null };
}

/** The child that other values with the same answer lead to; it becomes this value's too. */
function shared<Answer>(node: Node<Answer>, value: number): Node<Answer> | undefined {
  if (node.question === null) return undefined;
  const child = node.byAnswer.get(node.question.of(value));
  if (child !== undefined) enter(node, value, child);
  return child;
}

function enter<Answer>(node: Node<Answer>, value: number, child: Node<Answer>): void {
  while (node.children.length < value) node.children.push(undefined);
  node.children[value] = child;
  if (node.question !== null) node.byAnswer.set(node.question.of(value), child);
}
