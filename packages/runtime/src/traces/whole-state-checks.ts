// SPDX-License-Identifier: MIT
/**
 * Checks of each new state, as parts of the steps that may change their answer. A step that writes what a check has
 * read makes the check anew, and reads what the check read before and reads now; so it depends on all steps that matter
 * to the check. All others leave the check's answer as it was.
 */

import { waysOf } from '../interpreter/step.ts';
import type { StateQuestion } from '../interpreter/state-questions.ts';
import { stateQuestions } from '../interpreter/state-questions.ts';
import type { StateView } from '../interpreter/state-view.ts';
import { DecisionTree } from './decision-tree.ts';
import type { Numbered } from './dependence.ts';
import { Footprint } from './footprint.ts';
import type { LearnedProgram } from './learned-program.ts';
import type { Step } from './step.ts';

/** An answer with what it depends on. */
interface Answered extends Numbered {
  readonly isGood: boolean;
}

interface Check {
  readonly question: StateQuestion;
  readonly answers: DecisionTree<Answered>;
}

export class WholeStateChecks {
  readonly #learned: LearnedProgram;
  readonly #checks: readonly Check[];
  /** Steps with checks, by the numbers of the step and of the answers before and after. */
  readonly #known = new Map<string, Step>();

  /** @param asksForQuiet whether it matters where no thread can go on by itself */
  constructor(learned: LearnedProgram, asksForQuiet: boolean) {
    const { context, threads } = learned;
    const isQuiet = (view: StateView): boolean => {
      for (let thread = 0; thread < threads; thread += 1) {
        if (waysOf(context, view, thread).own > 0) return true;
      }
      // No mistake: but steps into such states and out of them must not change places.
      return true;
    };
    this.#learned = learned;
    const questions = [...stateQuestions(context.world), ...(asksForQuiet ? [isQuiet] : [])];
    this.#checks = questions.map((question) => ({ question, answers: new DecisionTree() }));
  }

  /** The step with the checks that it concerns, from the row at `from` to the one at `to`. */
  with(step: Step, rows: Int32Array, from: number, to: number): Step {
    if (step.end !== null || this.#checks.length === 0) return step;
    let checked = step;
    for (const check of this.#checks) {
      const before = this.#ask(check, rows, from);
      if (!step.footprint.disturbs(before.footprint)) continue;
      checked = this.#combined(checked, before, this.#ask(check, rows, to));
    }
    return checked;
  }

  #ask({ question, answers }: Check, rows: Int32Array, offset: number): Answered {
    const known = answers.find(rows, offset);
    if (known !== null) return known;
    const { answer, reads } = this.#learned.observe(rows, offset, question);
    const footprint = this.#learned.look(reads);
    const answered = { id: this.#learned.nextNumber(), footprint, isGood: answer };
    answers.learn(reads, (field) => rows[offset + field] ?? 0, answered);
    return answered;
  }

  #combined(step: Step, before: Answered, after: Answered): Step {
    const key = `${step.id} ${before.id} ${after.id}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const parts = [step.footprint, before.footprint, after.footprint];
    const end = after.isGood ? step.end : ({ kind: 'broken' } as const);
    const combined: Step = {
      ...step,
      id: this.#learned.nextNumber(),
      end,
      footprint: new Footprint(
        {
          reads: [...new Set(parts.flatMap(({ reads }) => reads))],
          asked: parts.flatMap(({ asked }) => asked),
          writes: step.footprint.writes,
          depends: end === null ? step.footprint.depends : 'on all',
        },
        this.#learned.fields.count,
      ),
    };
    this.#known.set(key, combined);
    return combined;
  }
}
