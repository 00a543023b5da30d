// SPDX-License-Identifier: MIT
/** Commands: `fault range R` by the longest verb, else a proc or primitive called without parentheses. */

import type { Argument, Command, Expr, Ident } from '../syntax/ast.ts';
import { answerFor } from './c-words.ts';
import { callByName, callProc, reportUnknown } from './call.ts';
import { errorAt } from './convert.ts';
import { limits } from './limits.ts';
import type { Env, Typed } from './typed.ts';

/** The call a command stands for. */
export function commandOf(command: Command, env: Env): Typed {
  const [first] = command.items;
  const mayBeVerb = first?.kind === 'ident' && env.scope.beginsVerb(first.name);
  const words = mayBeVerb ? leadingWords(command) : [];
  for (let count = words.length; count > 0; count--) {
    const name = words.slice(0, count).map((word) => word.name);
    const verb = env.scope.verb(name.join(' '));
    if (verb !== null) return callProc(verb, argumentsOf(command.items.slice(count)), command, env);
  }
  if (first?.kind !== 'ident') {
    env.problems.error(
      'HMM2005',
      { source: env.source, node: command },
      'a command begins with a word',
    );
    return errorAt(command);
  }
  const call = callByName(first, argumentsOf(command.items.slice(1)), command, env);
  if (call !== null) return call;
  reportUnknown(meantWords(leadingWords(command), env), first, env);
  return errorAt(command);
}

function leadingWords(command: Command): readonly Ident[] {
  const items = command.items.slice(0, limits.verbWords);
  const end = items.findIndex((item) => item.kind !== 'ident');
  return items
    .slice(0, end < 0 ? items.length : end)
    .flatMap((item) => (item.kind === 'ident' ? [item] : []));
}

/** What the command was to be: a word of C, one of another profile, else the words before what they are about. */
function meantWords(words: readonly Ident[], env: Env): string {
  const [first] = words;
  if (first !== undefined && answerFor(first.name) !== null) return first.name;
  for (let count = words.length; count > 0; count--) {
    const name = words
      .slice(0, count)
      .map((word) => word.name)
      .join(' ');
    if (env.elsewhere(name) !== null) return name;
  }
  return unknownWords(words, env);
}

/** The words before the first that names something: what was meant as a verb. */
function unknownWords(words: readonly Ident[], env: Env): string {
  const names = words.map((word) => word.name);
  const known = names.findIndex(
    (name) => env.scope.value(name) !== null || env.local(name) !== null,
  );
  return names.slice(0, known < 1 ? Math.min(2, names.length) : known).join(' ');
}

function argumentsOf(items: readonly Expr[]): readonly Argument[] {
  return items.map((value) => ({
    kind: 'argument',
    name: null,
    value,
    start: value.start,
    end: value.end,
  }));
}
