// SPDX-License-Identifier: MIT
/** Checks everything a scope and those before it define, whether a thread can reach it or not. */

import { namedConstant } from '../check/constant.ts';
import { heldCounter } from '../check/held-counter.ts';
import { fieldHolders } from '../check/holders.ts';
import { signatureOf, slotsOf, tableProcs } from '../check/signature.ts';
import { layoutOf } from '../check/struct-layout.ts';
import type { ProcInfo, Scope } from '../check/symbols.ts';
import type { Source } from '../load/source.ts';
import type { InstanceContext } from './body.ts';
import { Numbering } from './numbering.ts';
import { compileProc } from './proc.ts';

export interface ScopeCheck {
  /** Procs that are compiled, and so checked, already. */
  readonly done: (proc: ProcInfo) => boolean;
  /** Levels and procs that other instances have checked; those checked now are added. */
  readonly checked: Set<object>;
  /** Whether procs that nothing calls are unused: there are scenarios to use them. */
  readonly warns: boolean;
}

/** Checks everything a scope and those before it define, whether a thread can reach it or not. */
export function checkScope(
  scope: Scope,
  source: Source,
  context: InstanceContext,
  { done, checked, warns }: ScopeCheck,
): void {
  const { problems, usage } = context;
  const discarding = discard(context, source);
  for (const level of scope.chain()) {
    if (!checked.has(level)) checkLevel(level, context);
    checked.add(level);
    for (const proc of [
      ...level.procs.values(),
      ...level.verbs.values(),
      ...level.hooks.values(),
    ]) {
      signatureOf(proc, problems);
      const own = level.level === 'scenario' || level.level === 'file';
      if (warns && own && proc.sort === 'proc')
        usage.declare(proc.at, `\`${proc.name}\` is never called`);
      if (done(proc)) usage.use(proc.at.node);
      else if (!checked.has(proc)) compileProc(proc, discarding);
      checked.add(proc);
    }
  }
  useCallbacks(scope, context);
}

/** What a level has besides procs. */
function checkLevel(level: Scope, { problems, usage }: InstanceContext): void {
  for (const type of level.types.values()) {
    if (type.kind !== 'struct') continue;
    for (const field of layoutOf(type, problems).fields.values()) {
      fieldHolders(type, field, problems);
      if (field.holds !== null) heldCounter(field, field.holds, problems);
    }
  }
  for (const ops of level.ops.values()) slotsOf(ops, problems);
  for (const value of level.values.values()) {
    if (value.kind === 'table') tableProcs(value, problems);
    if (value.kind !== 'named-constant') continue;
    namedConstant(value, problems);
    if (level.level === 'scenario') usage.declare(value.at, `\`${value.name}\` is never used`);
  }
}

/** The parameters of a callback are those of its slot, whether it needs them or not. */
function useCallbacks(scope: Scope, { problems, usage }: InstanceContext): void {
  for (const level of scope.chain())
    for (const proc of level.procs.values()) {
      const { params, callback } = signatureOf(proc, problems);
      if (callback) for (const { node } of params) usage.use(node.name);
    }
}

/** A context whose results nobody looks at: for code that is only checked. */
export function discard(context: InstanceContext, own: Source): InstanceContext {
  return {
    ...context,
    numbering: new Numbering(own),
    heapPool: () => 0,
    scopePool: () => 0,
    unreached: () => {},
  };
}
