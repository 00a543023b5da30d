// SPDX-License-Identifier: MIT
/** Threads of an instance: which are part of it, how many of each, and their numbers. */

import { constantNumber, constantOf } from '../check/constant.ts';
import { limits } from '../check/limits.ts';
import type { Scope, ThreadInfo } from '../check/symbols.ts';
import type { ThreadDef } from '../syntax/ast.ts';
import type { InstanceInput } from './instance-input.ts';

/** Enters all threads of the scenario into `threads`, also those that are not part of this instance. */
export function declareThreads(
  input: InstanceInput,
  scope: Scope,
  threads: Map<string, ThreadInfo>,
): void {
  const { scenario, source, problems, usage } = input;
  let next = 0;
  for (const def of scenario.items) {
    if (def.kind !== 'thread') continue;
    const { name } = def.name;
    const at = { source, node: def.name };
    if (threads.size >= limits.threadDefinitions) {
      const message = `more than ${limits.threadDefinitions} threads are defined`;
      problems.error('HMM2019', at, message);
      return;
    }
    const known = threads.get(name);
    if (known !== undefined) {
      const related = [{ message: 'the first one is here', at: known.at }];
      problems.error(
        'HMM2002',
        at,
        `there are two threads \`${name}\``,
        'choose another name',
        related,
      );
      continue;
    }
    const present = isPresent(def, input, scope);
    const count = copies(def, input, scope);
    usage.reach(at, present, `thread \`${name}\` is part of no instance`);
    const first = present ? next : -1;
    threads.set(name, {
      name,
      def,
      at,
      count,
      present,
      first,
      locals: new Map(),
      observed: new Set(),
    });
    if (present) next += count ?? 1;
  }
}

function isPresent(def: ThreadDef, { source, problems }: InstanceInput, scope: Scope): boolean {
  if (def.condition === null) return true;
  const value = constantOf({ source, node: def }, def.condition, scope, problems);
  return value === null || value.value !== 0;
}

function copies(def: ThreadDef, { source, problems }: InstanceInput, scope: Scope): number | null {
  if (def.count === null) return null;
  const at = { source, node: def.count };
  const count = constantNumber(at, def.count, scope, problems) ?? 1;
  if (count < 1) problems.error('HMM3004', at, `${count} threads`, 'there is at least one');
  if (count > limits.threads)
    problems.error('HMM2019', at, `${count} threads; the limit is ${limits.threads}`);
  return count < 1 || count > limits.threads ? 1 : count;
}
