// SPDX-License-Identifier: MIT
/** Calls: of procs, verbs, primitives, built-in functions, and through ops tables. */

import { opTable } from '@hmmlab/runtime/program';
import type { Argument, Call, Expr, Ident, Node } from '../syntax/ast.ts';
import { answerFor, typeAnswer } from './c-words.ts';
import { bindArguments } from './arguments.ts';
import { builtInNames, builtIns } from './built-in.ts';
import { errorAt } from './convert.ts';
import { didYouMean } from './nearest.ts';
import { primitiveCall } from './primitive-call.ts';
import { reportRemoved } from './removed.ts';
import { signatureOf, slotsOf } from './signature.ts';
import type { ProcInfo } from './symbols.ts';
import type { Env, Typed } from './typed.ts';
import { typeText } from './types.ts';

/** `f(a, block: true)`, `m->ops->release(m)`. */
export function callOf(expr: Call, env: Env): Typed {
  const { callee } = expr;
  if (callee.kind === 'ident') {
    const named = callByName(callee, expr.args, expr, env);
    if (named !== null) return named;
    reportUnknown(callee.name, callee, env);
    if (answerFor(callee.name) === null) for (const arg of expr.args) env.value(arg.value);
    return errorAt(expr);
  }
  if (callee.kind === 'member') return callSlot(callee, expr, env);
  env.problems.error('HMM2005', { source: env.source, node: callee }, 'only procs can be called');
  return errorAt(expr);
}

/** A call of whatever `name` stands for; null if it is no function. */
export function callByName(
  name: Ident,
  args: readonly Argument[],
  node: Node,
  env: Env,
): Typed | null {
  const proc = env.scope.proc(name.name) ?? env.scope.verb(name.name);
  if (proc !== null) return callProc(proc, args, node, env);
  const builtIn = builtIns.get(name.name);
  if (builtIn !== undefined) return builtIn(args, node, env);
  const row = opTable.get(name.name);
  return row === undefined ? null : primitiveCall(row, args, node, env);
}

/** A call of a proc or verb. */
export function callProc(proc: ProcInfo, args: readonly Argument[], node: Node, env: Env): Typed {
  const { params, result } = signatureOf(proc, env.problems);
  const bound = bindArguments({ name: proc.name, params, declared: proc.at }, args, node, env);
  if (bound === null) return errorAt(node);
  return { kind: 'call', proc, args: bound.args, order: bound.order, type: result, node };
}

function callSlot(callee: Extract<Expr, { kind: 'member' }>, expr: Call, env: Env): Typed {
  const table = env.value(callee.object);
  if (table.type.kind === 'error') return errorAt(expr);
  const at = { source: env.source, node: callee };
  if (table.type.kind !== 'ops') {
    env.problems.error(
      'HMM2005',
      at,
      `${typeText(table.type)} has no functions`,
      'only an ops table has',
    );
    return errorAt(expr);
  }
  const constant = table.kind === 'table';
  if (constant === callee.arrow) {
    const right = constant ? '.' : '->';
    env.problems.error(
      'HMM3006',
      at,
      `a slot of this table is reached with \`${right}\``,
      `write \`${right}${callee.field.name}\``,
    );
  }
  const { ops } = table.type;
  const slots = slotsOf(ops, env.problems);
  const index = slots.findIndex((slot) => slot.name === callee.field.name);
  const slot = slots[index];
  if (slot === undefined) {
    const help = didYouMean(
      callee.field.name,
      slots.map((s) => s.name),
    );
    env.problems.error(
      'HMM2006',
      { source: env.source, node: callee.field },
      `ops ${ops.name} has no slot \`${callee.field.name}\``,
      help,
    );
    return errorAt(expr);
  }
  const bound = bindArguments(
    { name: slot.name, params: slot.params, declared: ops.at },
    expr.args,
    expr,
    env,
  );
  if (bound === null) return errorAt(expr);
  return { kind: 'call-ops', table, ops, slot: index, ...bound, type: slot.result, node: expr };
}

/** Says that no function has this name, and what might be meant. */
export function reportUnknown(name: string, node: Node, env: Env): void {
  if (env.unknown.has(`${name}()`)) return;
  env.unknown.add(`${name}()`);
  const at = { source: env.source, node };
  const answer = answerFor(name) ?? typeAnswer(name.split(' ')[0] ?? '');
  if (answer !== null) {
    env.problems.error('HMM2005', at, `there is no \`${name}\` here`, answer);
    return;
  }
  const removed = (): boolean => reportRemoved(name, at, env.scope, env.problems);
  if ((env.scope.level === 'core' || env.scope.level === 'driver') && removed()) return;
  const elsewhere = env.elsewhere(name);
  if (elsewhere !== null) {
    env.problems.error('HMM2010', at, elsewhere.message, elsewhere.help);
    return;
  }
  if (removed()) return;
  const known = env.scope
    .chain()
    .flatMap((scope) => [...scope.verbs.keys(), ...scope.procs.keys()]);
  const help = didYouMean(name, [...known, ...builtInNames, ...opTable.keys()]);
  env.problems.error('HMM2005', at, `there is no proc, verb or primitive \`${name}\``, help);
}
