// SPDX-License-Identifier: MIT
/** `A.ret` and `reader[1].ret`: locals of threads, in conditions over states. */

import type { Expr } from '../syntax/ast.ts';
import { errorAt } from './convert.ts';
import { didYouMean } from './nearest.ts';
import type { ThreadInfo } from './symbols.ts';
import type { Env, Typed } from './typed.ts';

/** One thread, by name and, of replicated ones, by index. */
export interface ThreadChoice {
  readonly thread: ThreadInfo;
  readonly index: number;
}

/** The thread an expression names; null if it names none. Reports a wrong index. */
export function threadOf(expr: Expr, env: Env): ThreadChoice | 'reported' | null {
  const name = expr.kind === 'index' ? expr.object : expr;
  if (name.kind !== 'ident') return null;
  const thread = env.threads.get(name.name);
  if (thread === undefined) return null;
  const at = { source: env.source, node: expr };
  if (expr.kind !== 'index') {
    if (thread.count === null) return { thread, index: 0 };
    env.problems.error(
      'HMM2004',
      at,
      `there are ${thread.count} threads \`${thread.name}\``,
      `name one: \`${thread.name}[0]\``,
    );
    return 'reported';
  }
  const index = env.value(expr.index);
  if (thread.count === null) {
    env.problems.error(
      'HMM2004',
      at,
      `there is one thread \`${thread.name}\` only`,
      `write \`${thread.name}\``,
    );
    return 'reported';
  }
  if (index.kind !== 'const' || index.value < 0 || index.value >= thread.count) {
    if (index.type.kind !== 'error')
      env.problems.error(
        'HMM2004',
        at,
        `threads \`${thread.name}\` are numbered 0..${thread.count - 1}`,
      );
    return 'reported';
  }
  return { thread, index: index.value };
}

/** `A.ret`; null if the object is no thread. */
export function threadLocal(expr: Extract<Expr, { kind: 'member' }>, env: Env): Typed | null {
  if (isVariable(expr.object, env)) return null;
  const choice = threadOf(expr.object, env);
  if (choice === null) return null;
  if (choice === 'reported') return errorAt(expr);
  const at = { source: env.source, node: expr };
  const { thread, index } = choice;
  if (!env.overStates) {
    env.problems.error(
      'HMM2021',
      at,
      'locals of a thread are its own',
      'share a world variable instead',
    );
    return errorAt(expr);
  }
  const local = thread.locals.get(expr.field.name);
  if (local === undefined) {
    const help =
      didYouMean(expr.field.name, thread.locals.keys()) ??
      'only locals at the top level of its body can be read';
    env.problems.error(
      'HMM2006',
      at,
      `thread \`${thread.name}\` has no local \`${expr.field.name}\``,
      help,
    );
    return errorAt(expr);
  }
  return { kind: 'thread-local', thread, index, slot: local.slot, type: local.type, node: expr };
}

/** A local or world of the same name comes before the thread. */
function isVariable(expr: Expr, env: Env): boolean {
  const name = expr.kind === 'index' ? expr.object : expr;
  if (name.kind !== 'ident') return false;
  return env.local(name.name) !== null || env.scope.value(name.name)?.kind === 'object';
}
