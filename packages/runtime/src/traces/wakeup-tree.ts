// SPDX-License-Identifier: MIT
/**
 * Schedules that are still to be explored from the states of the current one, as ordered trees of steps: the wakeup
 * trees of Abdulla, Aronis, Jonsson and Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial Order
 * Reduction", Journal of the ACM 64(4), 2017, section 6.
 */

import type { Dependence } from './dependence.ts';
import type { Step } from './step.ts';

export interface WakeupNode {
  readonly step: Step;
  readonly children: WakeupNode[];
}

/** In place of an index: no weak initial. */
const NOT = -2;
/** The step is independent of the whole sequence. */
const APART = -1;

/**
 * Whether what comes after the sequence can be begun with `first` instead (a weak initial): the index of that step
 * in the sequence, {@link APART} if it is not in it, {@link NOT} otherwise.
 */
function placeOf(first: Step, sequence: readonly Step[], dependence: Dependence): number {
  const { label } = first.way;
  for (const [index, step] of sequence.entries()) {
    if (step.way.label === label) return index;
    if (dependence.of(first, step)) return NOT;
  }
  return APART;
}

export class WakeupTrees {
  readonly #dependence: Dependence;
  /** By length of the current schedule: what is still to be explored from there, in order. */
  readonly #todo: WakeupNode[][] = [[]];
  /** By length: steps whose schedules have all been explored from there or before. */
  readonly #asleep: (readonly Step[])[] = [[]];
  /** By length: steps that have been explored to the end from there. */
  readonly #explored: number[] = [0];
  #nodes = 0;

  constructor(dependence: Dependence) {
    this.#dependence = dependence;
  }

  /** Nodes of all trees. */
  get size(): number {
    return this.#nodes;
  }

  /** The part of all schedules that has been explored, if those behind each step of a state were as many: 0 to 1. */
  get done(): number {
    let done = 0;
    let share = 1;
    for (const [length, explored] of this.#explored.entries()) {
      const isLast = length === this.#explored.length - 1;
      const branches = explored + (this.#todo[length]?.length ?? 0) + Number(!isLast);
      if (branches === 0) break;
      done += (share * explored) / branches;
      share /= branches;
    }
    return done;
  }

  /** Whether a schedule from here that begins with this way has been explored. */
  sleeps(length: number, label: number): boolean {
    return this.#asleep[length]?.some(({ way }) => way.label === label) === true;
  }

  /** The next step to be taken from a state of the current schedule. */
  take(length: number): WakeupNode | undefined {
    const node = this.#todo[length]?.shift();
    if (node !== undefined) this.#nodes -= 1;
    return node;
  }

  /** The schedule goes on with a step; `children` are what is to be explored behind it. */
  enter(step: Step, children: WakeupNode[]): void {
    const asleep = this.#asleep.at(-1) ?? [];
    this.#todo.push(children);
    this.#explored.push(0);
    this.#asleep.push(
      asleep.length === 0 ? asleep : asleep.filter((other) => !this.#dependence.of(other, step)),
    );
  }

  /** All schedules behind the last step have been explored. */
  leave(step: Step): void {
    this.#todo.pop();
    this.#explored.pop();
    this.#explored.push((this.#explored.pop() ?? 0) + 1);
    this.#asleep.pop();
    const length = this.#asleep.length - 1;
    this.#asleep[length] = [...(this.#asleep[length] ?? []), step];
  }

  /**
   * Sees to it that some schedule is explored that begins as one of those that are equal to the first
   * `from` steps of the current one and then `sequence`, if none has been or will be.
   *
   * @param current the current schedule
   * @param sequence steps that can be taken from there; is used up
   */
  insert(current: readonly Step[], from: number, sequence: Step[]): boolean {
    for (let length = from; ; length += 1) {
      const asleep = this.#asleep[length] ?? [];
      if (asleep.some((step) => placeOf(step, sequence, this.#dependence) !== NOT)) return false;
      const next = current[length];
      const place = next === undefined ? NOT : placeOf(next, sequence, this.#dependence);
      if (place === NOT) return this.#insertAt(length, sequence);
      if (place !== APART) sequence.splice(place, 1);
      if (sequence.length === 0) return false;
    }
  }

  #insertAt(length: number, sequence: Step[]): boolean {
    let children = this.#todo[length];
    if (children === undefined) throw new RangeError('behind the end of the schedule');
    for (;;) {
      const node = this.#descend(children, sequence);
      if (node === undefined) break;
      // Whatever goes on from a leaf is explored.
      if (node.children.length === 0 || sequence.length === 0) return false;
      children = node.children;
    }
    for (const step of sequence) {
      const node: WakeupNode = { step, children: [] };
      children.push(node);
      children = node.children;
      this.#nodes += 1;
    }
    return true;
  }

  /** The first child that the sequence can begin with; its step is taken out of the sequence. */
  #descend(children: readonly WakeupNode[], sequence: Step[]): WakeupNode | undefined {
    for (const child of children) {
      const place = placeOf(child.step, sequence, this.#dependence);
      if (place === NOT) continue;
      if (place !== APART) sequence.splice(place, 1);
      return child;
    }
    return undefined;
  }
}
