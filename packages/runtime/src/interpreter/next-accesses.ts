// SPDX-License-Identifier: MIT
/** What a thread's next transition reads and writes: for data races. */

import type { Instruction } from '../program/index.ts';
import { opTable } from '../program/index.ts';
import { isAwaited, openWays } from './await.ts';
import { currentInstruction, operandValue } from './current.ts';
import type { World } from './draft.ts';
import { Draft } from './draft.ts';
import { execute, runLocally } from './execute.ts';
import { RaisedCut, RaisedFinding, RaisedLimit } from './raised.ts';
import type { StateView } from './state-view.ts';

/** An access to a plain cell. */
export interface Access {
  readonly address: number;
  readonly write: boolean;
  /** Neither READ_ONCE, WRITE_ONCE, atomic operation, `atomic` nor `await`, nor of a sequence counter. */
  readonly plain: boolean;
}

/** The accesses that come first in the thread's next own transition; none if it has to wait or has ended. */
export function nextAccesses(world: World, view: StateView, thread: number): readonly Access[] {
  const draft = new Draft(world, view, thread);
  try {
    return accessesAt(draft);
  } catch (error) {
    // The step is a finding of its own.
    if (error instanceof RaisedFinding || error instanceof RaisedLimit) return [];
    throw error;
  }
}

function accessesAt(draft: Draft): readonly Access[] {
  const instruction = currentInstruction(draft, draft.actor);
  if (instruction === null) return [];
  switch (instruction.op) {
    case 'load':
    case 'store': {
      const address = operandValue(draft, instruction.address);
      const type = draft.world.layout.cells[address]?.type;
      const isCounter = type?.kind === 'seq' && type.counter;
      const plain = instruction.marked !== true && !isCounter;
      return [{ address, write: instruction.op === 'store', plain }];
    }
    case 'primitive':
      return operandAccesses(draft, instruction);
    case 'await':
      return isAwaited(draft, instruction) ? blockAccesses(draft, instruction, 0) : [];
    case 'await-any':
      return openWays(draft, instruction).flatMap((_, way) => {
        const own = new Draft(draft.world, draft.base, draft.actor);
        return [...asked(draft), ...blockAccesses(own, instruction, way)];
      });
    // These touch no plain cell, or are no border.
    case 'alloc':
    case 'assert':
    case 'assume':
    case 'branch':
    case 'call':
    case 'call-ops':
    case 'call-work':
    case 'choose':
    case 'free':
    case 'jump':
    case 'let':
    case 'return':
    case 'scope-begin':
    case 'scope-end':
      return [];
  }
}

function operandAccesses(
  draft: Draft,
  { name, args }: Extract<Instruction, { op: 'primitive' }>,
): readonly Access[] {
  const row = opTable.get(name);
  return (row?.operands ?? []).flatMap((kind, index) => {
    const expr = args[index];
    if (kind !== 'cell' || expr === undefined) return [];
    const write = row?.writes.includes(index) ?? false;
    return [{ address: operandValue(draft, expr), write, plain: false }];
  });
}

/** What the conditions of an await have read. */
function asked(draft: Draft): readonly Access[] {
  return [...draft.touched].map((address) => ({ address, write: false, plain: false }));
}

/** Of `atomic { }` and `await c { }`: everything up to the next border is one step. */
function blockAccesses(draft: Draft, instruction: Instruction, way: number): readonly Access[] {
  const found: Access[] = [...asked(draft)];
  draft.onAccess = (address, write) => void found.push({ address, write, plain: false });
  try {
    execute(draft, instruction, way);
    runLocally(draft, () => {});
  } catch (error) {
    // No run takes a step that an assumption excludes.
    if (error instanceof RaisedCut) return [];
    if (!(error instanceof RaisedFinding || error instanceof RaisedLimit)) throw error;
  }
  return found;
}
