// SPDX-License-Identifier: MIT
/** What an atomic block cannot contain: whatever may wait, has several outcomes, or is a step of others. */

import type { OpRow } from '@hmmlab/runtime/program';
import type { Env, Typed } from '../check/typed.ts';

/** Reports an expression that cannot be evaluated inside an atomic block. */
export function refuseInAtomic(typed: Typed, env: Env): void {
  const why = reason(typed);
  if (why === null) return;
  const help = 'an atomic block is one step: it stores, loads, tries locks, unlocks and wakes up';
  env.problems.error('HMM3016', { source: env.source, node: typed.node }, why, help);
}

function reason(typed: Typed): string | null {
  switch (typed.kind) {
    case 'primitive':
      return primitiveReason(typed.row);
    case 'wait':
      return 'this waits, and an atomic block never does';
    case 'alloc':
      return 'an allocation can fail or wait: it is a step of its own';
    case 'choose':
    case 'choose-of':
      return 'a choice is a step of its own';
    case 'call':
      return `\`${typed.proc.name}\` has steps of its own`;
    case 'call-ops':
      return 'what is called here has steps of its own';
    default:
      return null;
  }
}

function primitiveReason(row: OpRow): string | null {
  if (row.sleeps) return `\`${row.name}\` may sleep, and an atomic block never waits`;
  if (row.waits) return `\`${row.name}\` may wait, and an atomic block never does`;
  return null;
}
