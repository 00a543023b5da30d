// SPDX-License-Identifier: MIT
/** What each instruction does to the acting thread, and running a thread on to its next border. */

import type { Expr, Instruction } from '../program/index.ts';
import { isAwaited, openWays } from './await.ts';
import type { Draft } from './draft.ts';
import { runInvisible } from './at-primitive.ts';
import { currentInstruction, operandValue } from './current.ts';
import { requireGuard } from './guards.ts';
import { noteTest } from './missed-wakeups.ts';
import { RaisedCut, RaisedFinding, RaisedLimit } from './raised.ts';
import type { Frame, SlotStatus } from './state.ts';
import { freezeObserved, requireNoLocks } from './thread-end.ts';
import type { Value } from './values.ts';

/** More local instructions than this in one transition end the search as inconclusive. */
const MAX_LOCAL_INSTRUCTIONS = 100_000;

/** Told about every instruction that runs. */
export type Visit = (proc: number, pc: number) => void;

/**
 * Executes one instruction other than a primitive that may wait.
 *
 * @param choice value for `choose`, 1 for an allocation that fails, which of its open ways an `await` takes;
 *   else ignored
 */
export function execute(draft: Draft, instruction: Instruction, choice: number): void {
  const value = (expr: Expr): number => operandValue(draft, expr);
  const next = (): void => moveBy(draft, 1);
  const set = (slot: number, result: number): void => draft.setLocal(draft.actor, slot, result);
  switch (instruction.op) {
    case 'let':
      set(instruction.to, value(instruction.value));
      return next();
    case 'load': {
      const address = value(instruction.address);
      const loaded = draft.load(address);
      if (isPlain(instruction)) requireGuard(draft, address, false);
      set(instruction.to, loaded);
      return next();
    }
    case 'store': {
      // The address first: operands are evaluated from left to right.
      const address = value(instruction.address);
      draft.store(address, value(instruction.value));
      if (isPlain(instruction)) requireGuard(draft, address, true);
      return next();
    }
    case 'jump':
      return moveTo(draft, instruction.target);
    case 'branch':
      return moveTo(draft, value(instruction.test) !== 0 ? instruction.then : instruction.else);
    case 'call':
      return enter(draft, instruction.proc, instruction.args.map(value), instruction.to);
    case 'call-ops': {
      const args = instruction.args.map(value);
      return enter(
        draft,
        slotProc(draft, value(instruction.table), instruction.slot),
        args,
        instruction.to,
      );
    }
    case 'call-work': {
      const work = value(instruction.work);
      return enter(draft, draft.compound(work, 'work').proc - 1, [work], null);
    }
    case 'return':
      return leave(draft, instruction.value === null ? null : value(instruction.value));
    case 'scope-begin':
      set(instruction.to, draft.allocate(instruction.pool));
      return next();
    case 'scope-end':
      draft.release(value({ kind: 'local', slot: instruction.slot }));
      return next();
    case 'alloc':
      set(instruction.to, choice === 1 ? 0 : draft.allocate(instruction.pool));
      return next();
    case 'free':
      free(draft, value(instruction.address));
      return next();
    case 'choose':
      set(instruction.to, choice);
      draft.result = choice;
      return next();
    case 'await':
      if (!isAwaited(draft, instruction)) throw new Error('an await that is not enabled');
      return next();
    case 'await-any': {
      const way = openWays(draft, instruction)[choice];
      if (way === undefined) throw new Error('an await that is not enabled');
      draft.result = instruction.ways.indexOf(way);
      return moveTo(draft, way.target);
    }
    case 'assert':
      if (value(instruction.test) === 0) {
        throw instruction.contract === true
          ? new RaisedFinding('contract', null, instruction.text)
          : new RaisedFinding('assertion', null, `${instruction.text} fails`);
      }
      return next();
    case 'assume':
      if (value(instruction.test) === 0) throw new RaisedCut();
      return next();
    case 'primitive':
      throw new Error('primitives are taken by alternative');
  }
}

/** Neither READ_ONCE nor WRITE_ONCE, nor inside an atomic block. */
function isPlain({ marked, border }: Instruction): boolean {
  return marked !== true && border;
}

function moveTo(draft: Draft, pc: number): void {
  draft.changeFrame(draft.actor, { pc });
}

function moveBy(draft: Draft, distance: number): void {
  moveTo(draft, (draft.frame(draft.actor)?.pc ?? 0) + distance);
}

/** `kfree(NULL)` does nothing. */
function free(draft: Draft, address: number): void {
  if (address !== 0) draft.release(address);
}

function slotProc(draft: Draft, table: number, slot: number): number {
  const proc = draft.world.program.opsTables[table - 1]?.procs[slot] ?? null;
  if (proc !== null) return proc;
  const what = table === 0 ? 'a NULL operations table' : 'an empty operation';
  throw new RaisedFinding('null_dereference', null, `a call through ${what}`);
}

function enter(draft: Draft, procIndex: number, args: readonly number[], to: number | null): void {
  const proc = draft.world.program.procs[procIndex];
  if (proc === undefined) throw new Error(`no proc ${procIndex}`);
  const { frames } = draft.thread(draft.actor);
  const active = frames.filter((frame) => frame.proc === procIndex).length;
  if (active >= proc.depth) {
    const text = `${proc.name} calls itself ${active + 1} deep, declared is depth ${proc.depth}`;
    throw new RaisedFinding('call_depth', proc.name, text);
  }
  moveBy(draft, 1);
  const callers = draft.thread(draft.actor).frames;
  const callee: Frame = { proc: procIndex, pc: 0, locals: proc.locals.map(() => 0), to };
  draft.changeThread(draft.actor, { frames: [...callers, callee] });
  args.forEach((value, slot) => draft.setLocal(draft.actor, slot, value));
}

function leave(draft: Draft, value: number | null): void {
  const { frames } = draft.thread(draft.actor);
  const callee = frames.at(-1);
  const callers = frames.slice(0, -1);
  if (callers.length === 0) {
    requireNoLocks(draft, draft.actor);
    draft.changeThread(draft.actor, { observed: freezeObserved(draft, draft.actor) });
  }
  draft.changeThread(draft.actor, { frames: callers });
  if (callee !== undefined && callee.to !== null && callers.length > 0) {
    draft.setLocal(draft.actor, callee.to, value ?? 0);
  }
}

/**
 * Runs a thread's local instructions up to its next border or its end.
 *
 * @throws RaisedFinding `local_divergence` if it comes back to a state it was in
 */
export function runLocally(draft: Draft, visit: Visit): void {
  const seen = new Set<string>();
  const { writes } = draft;
  for (let count = 0; ; count++) {
    const instruction = currentInstruction(draft, draft.actor);
    if (instruction === null || instruction.border) return;
    if (count >= MAX_LOCAL_INSTRUCTIONS) {
      const text = `one transition runs more than ${MAX_LOCAL_INSTRUCTIONS} local instructions`;
      throw new RaisedLimit('instruction-limit', text);
    }
    if (!jumpsBack(draft, instruction, visit)) continue;
    // Inside an atomic block a loop may change memory: only then it is part of what must repeat.
    const key = localState(draft, draft.writes > writes);
    if (seen.has(key)) throw divergence(draft);
    seen.add(key);
  }
}

/** Runs one instruction; true if the thread is now at or before it in the same proc. */
function jumpsBack(draft: Draft, instruction: Instruction, visit: Visit): boolean {
  const before = draft.frame(draft.actor);
  if (before === undefined) return false;
  const { proc, pc } = before;
  // What is assumed counts as run only where it is true: nothing else tells whether any run satisfies it.
  if (instruction.op !== 'assume') visit(proc, pc);
  noteTest(draft, instruction);
  if (instruction.op === 'primitive') runInvisible(draft);
  else execute(draft, instruction, 0);
  if (instruction.op === 'assume') visit(proc, pc);
  const after = draft.frame(draft.actor);
  return after !== undefined && after.proc === before.proc && after.pc <= before.pc;
}

function localState(draft: Draft, withMemory: boolean): string {
  return JSON.stringify([
    draft.thread(draft.actor).frames,
    ...(withMemory ? [changedMemory(draft), changedSlots(draft)] : []),
  ]);
}

/** Cells that are not as they were, by address: two with equal lists are equal everywhere. */
function changedMemory({ base, changes }: Draft): readonly (readonly [number, Value])[] {
  const entries = [...changes.memory].filter(
    ([address, value]) => JSON.stringify(value) !== JSON.stringify(base.cell(address)),
  );
  return entries.toSorted(([a], [b]) => a - b);
}

function changedSlots({ base, changes }: Draft): readonly (readonly [number, SlotStatus])[] {
  const entries = [...changes.slots].filter(([number, status]) => status !== base.slot(number));
  return entries.toSorted(([a], [b]) => a - b);
}

function divergence(draft: Draft): RaisedFinding {
  const proc = draft.world.program.procs[draft.frame(draft.actor)?.proc ?? -1]?.name ?? '';
  const text = `${proc} loops for ever without a visible action`;
  return new RaisedFinding('local_divergence', proc, text);
}
