// SPDX-License-Identifier: MIT
/** Ways of writing C that are none here: each has one answer, which says how to write it. */

import type { IToken } from 'chevrotain';
import { definitionHabits } from './definition-habits.ts';
import type { FailedElement } from './failed-element.ts';
import { written } from './failed-element.ts';
import type { Habit } from './habit.ts';
import { statementHabits } from './statement-habits.ts';

export interface HabitAnswer {
  /** The token that it is about. */
  readonly token: IToken;
  readonly message: string;
  readonly help: string;
}

const habits = [...definitionHabits, ...statementHabits];

/** The answer to a habit of C that this element shows, or null. */
export function answerHabit(element: FailedElement): HabitAnswer | null {
  for (const habit of habits) {
    if (habit.in?.includes(element.where) === false) continue;
    const text = habit.is.source.includes('@') ? element.marked : element.text;
    const match = habit.is.exec(text);
    if (match === null) continue;
    const groups = [...match].map((group) => written(group ?? ''));
    const token = tokenOf(habit, element, text.slice(0, match.index));
    return { token, message: habit.message(groups), help: habit.help(groups, element) };
  }
  return null;
}

/** @param before what of the text stands before the match: tokens with a blank behind each */
function tokenOf(habit: Habit, { first, found, tokens }: FailedElement, before: string): IToken {
  if (habit.begins === true) return first;
  if (habit.fromMatch !== true) return found;
  return tokens[before.split(' ').length - 1] ?? found;
}
