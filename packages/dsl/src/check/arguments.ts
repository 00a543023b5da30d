// SPDX-License-Identifier: MIT
/** Arguments to parameters: by position, then by name. */

import { listed } from './listed.ts';
import type { Argument, Node } from '../syntax/ast.ts';
import { convert } from './convert.ts';
import type { At } from './problems.ts';
import type { ParamInfo } from './symbols.ts';
import type { Env, Typed } from './typed.ts';
import { typeText } from './types.ts';

/** What is called. */
export interface Callee {
  readonly name: string;
  readonly params: readonly ParamInfo[];
  readonly declared: At;
}

export interface Bound {
  /** One per parameter. */
  readonly args: readonly Typed[];
  /** Indexes of parameters in the order their arguments are written, which is that of evaluation. */
  readonly order: readonly number[];
}

/** Null once a missing, surplus or misnamed argument is reported. */
export function bindArguments(
  callee: Callee,
  args: readonly Argument[],
  node: Node,
  env: Env,
): Bound | null {
  const slots: (Argument | null)[] = callee.params.map(() => null);
  const order: number[] = [];
  let complete = true;
  args.forEach((arg, position) => {
    const index =
      arg.name === null ? position : callee.params.findIndex((p) => p.name === arg.name?.name);
    const problem = placeProblem(callee, slots, arg, index);
    if (problem !== null) {
      complete = false;
      env.value(arg.value);
      // Of several that are too many, the first tells it all.
      if (arg.name !== null || position <= callee.params.length)
        env.problems.error(
          'HMM3003',
          { source: env.source, node: arg },
          problem,
          signatureText(callee),
        );
      return;
    }
    slots[index] = arg;
    order.push(index);
  });
  const missing = callee.params.filter((_, i) => slots[i] === null);
  if (missing.length > 0 && complete) {
    const names = listed(missing.map((p) => `\`${p.name}\``));
    env.problems.error(
      'HMM3003',
      { source: env.source, node },
      `no argument for ${names} of \`${callee.name}\``,
      signatureText(callee),
    );
  }
  const values = new Map(
    order.map((index) => [index, argumentValue(callee, slots[index] ?? null, index, env)]),
  );
  if (!complete || missing.length > 0) return null;
  const bound = callee.params.flatMap((_, i) => values.get(i) ?? []);
  return { args: bound, order };
}

function argumentValue(callee: Callee, arg: Argument | null, index: number, env: Env): Typed | [] {
  const param = callee.params[index];
  if (arg === null || param === undefined) return [];
  return convert(env.value(arg.value), param.type, env);
}

function placeProblem(
  callee: Callee,
  slots: readonly (Argument | null)[],
  arg: Argument,
  index: number,
): string | null {
  if (arg.name !== null && index < 0)
    return `\`${callee.name}\` has no parameter \`${arg.name.name}\``;
  if (index >= callee.params.length)
    return `\`${callee.name}\` takes ${callee.params.length === 0 ? 'no arguments' : `${callee.params.length} at most`}`;
  return slots[index] === null ? null : `two arguments for \`${callee.params[index]?.name ?? ''}\``;
}

function signatureText(callee: Callee): string {
  const params = callee.params.map((p) => `${typeText(p.type)} ${p.name}`.replace('* ', '*'));
  return `it is ${callee.name}(${listed(params)})`;
}
