// SPDX-License-Identifier: MIT
/** What a transition does, in words: for schedules that people read. */

import type { Expr, Instruction } from '../program/index.ts';
import { opTable } from '../program/index.ts';
import { currentInstruction, operandValue } from './current.ts';
import { applyChanges, Draft } from './draft.ts';
import { failedOperand, firstFailedOperand } from './failed-operand.ts';
import type { Change, StepRecord, Transition } from './machine.ts';
import { activePlaces, activeProcs, placeOf } from './occurrence.ts';
import { RaisedFinding } from './raised.ts';
import type { State } from './state.ts';
import { viewOf } from './state-view.ts';
import type { StepContext, TakenStep } from './step.ts';
import { takeTransition } from './step.ts';

/** Describes an enabled transition; the program's coverage is not touched. */
export function describeTransition(
  context: StepContext,
  state: State,
  transition: Transition,
): StepRecord {
  const { world } = context;
  const quiet: StepContext = { ...context, visit: () => {} };
  const taken = takeTransition(quiet, state, transition);
  const thread = state.threads[transition.thread];
  const before = new Draft(world, viewOf(state), transition.thread);
  const after =
    taken.result.kind === 'state' ? taken.result.state : applyChanges(state, taken.draft.changes);
  return {
    thread: transition.thread,
    environment: transition.environment,
    span: placeOf(world, transition.thread, thread),
    within: activeProcs(world, thread),
    places: activePlaces(world, thread),
    text: transition.environment === null ? actionText(before, taken) : taken.label,
    changes: changesBetween(before, state, after),
    touched: [...taken.draft.touched].map((address) => before.cellName(address)),
    written: writtenNames(taken.draft),
  };
}

function writtenNames({ world, changes }: Draft): readonly string[] {
  const cells = [...changes.memory.keys()].map((address) => world.layout.cells[address]?.name);
  const objects = [...changes.slots.keys()].map((number) => world.layout.slots[number]?.name);
  return [...objects, ...cells].flatMap((name) => name ?? []);
}

function changesBetween(draft: Draft, before: State, after: State): readonly Change[] {
  const { printer, layout } = draft.world;
  return layout.cells.flatMap((cell, address) => {
    const old = before.memory[address];
    const now = after.memory[address];
    if (address === 0 || old === now || old === undefined || now === undefined) return [];
    const texts = [printer.value(cell.type, old), printer.value(cell.type, now)] as const;
    if (texts[0] === texts[1]) return [];
    return [{ object: cell.name, before: texts[0], after: texts[1] }];
  });
}

function actionText(draft: Draft, taken: TakenStep): string {
  const instruction = currentInstruction(draft, draft.actor);
  if (instruction === null) return 'ends';
  const later = failedLater(taken);
  if (!instruction.border) return later ?? 'begins';
  const text = instructionText(draft, instruction, taken);
  const labelled = taken.label === '' ? text : `${text}: ${taken.label}`;
  return later === null ? labelled : `${labelled}, then ${later}`;
}

/** Findings about what an operand is, not about what is done with it. */
const OPERAND_FINDINGS: ReadonlySet<string> = new Set(['index_out_of_range', 'division_by_zero']);

/** What could not be computed after the action itself, if that is how the step ends. */
function failedLater({ result, draft }: TakenStep): string | null {
  if (result.kind !== 'finding') return null;
  if (!result.occurrences.some(({ name }) => OPERAND_FINDINGS.has(name))) return null;
  const at = currentInstruction(draft, draft.actor);
  return at === null || at.border ? null : firstFailedOperand(draft);
}

function instructionText(draft: Draft, instruction: Instruction, taken: TakenStep): string {
  const address = (expr: Expr): number => valueOrNull(draft, expr);
  switch (instruction.op) {
    case 'load': {
      const failed = failedOperand(draft, instruction.address);
      if (failed !== null) return `load ${failed}`;
      const from = address(instruction.address);
      return `load ${draft.cellName(from)} -> ${cellText(draft, from)}`;
    }
    case 'store':
      return storeText(draft, instruction.address, instruction.value);
    case 'primitive':
      return primitiveText(draft, instruction, taken.draft.result);
    case 'alloc':
      return `allocate ${draft.world.program.pools[instruction.pool]?.name ?? ''}`;
    case 'free':
      return `free ${draft.world.layout.cells[address(instruction.address)]?.object ?? ''}`;
    case 'choose': {
      const { result } = taken.draft;
      const name = result === null ? undefined : instruction.names?.[result - instruction.from];
      return `choose ${name ?? resultText(draft, instruction.to, result)}`;
    }
    case 'await':
      return instruction.condition === null ? 'atomic' : `await ${instruction.text}`;
    case 'await-any':
      return `await ${instruction.ways[taken.draft.result ?? 0]?.text ?? ''}`;
    case 'scope-begin':
      return `${localName(draft, instruction.to)} comes into scope`;
    case 'scope-end':
      return `${localName(draft, instruction.slot)} goes out of scope`;
    default:
      return instruction.op;
  }
}

function primitiveText(
  draft: Draft,
  { name, args, to }: Extract<Instruction, { readonly op: 'primitive' }>,
  given: number | null,
): string {
  const operands = operandTexts(draft, name, args);
  const result = resultText(draft, to, given);
  if (name === 'worker_take') return `starts work ${result}`;
  if (name === 'worker_done') return `ends work ${operands[1] ?? ''}`;
  const text = [name, ...operands].join(' ');
  return result === '' ? text : `${text} -> ${result}`;
}

function storeText(draft: Draft, address: Expr, value: Expr): string {
  const to = valueOrNull(draft, address);
  const text = failedOperand(draft, value) ?? valueText(draft, to, valueOrNull(draft, value));
  return `store ${failedOperand(draft, address) ?? draft.cellName(to)} = ${text}`;
}

function localName(draft: Draft, slot: number): string {
  const proc = draft.world.program.procs[draft.frame(draft.actor)?.proc ?? -1];
  return proc?.locals[slot]?.name ?? '?';
}

/** NULL where the operand itself is the finding. */
function valueOrNull(draft: Draft, expr: Expr): number {
  try {
    return operandValue(draft, expr);
  } catch (error) {
    if (error instanceof RaisedFinding) return 0;
    throw error;
  }
}

function cellText({ world, base }: Draft, address: number): string {
  const cell = world.layout.cells[address];
  return cell === undefined || address === 0
    ? '?'
    : world.printer.value(cell.type, base.cell(address));
}

/** A value as the cell at an address would show it. */
function valueText(draft: Draft, address: number, value: number): string {
  const cell = draft.world.layout.cells[address];
  return cell === undefined || address === 0
    ? String(value)
    : draft.world.printer.value(cell.type, value);
}

/** Each operand by its kind in the op table: an object's or a cell's name, or a plain number. */
function operandTexts(draft: Draft, name: string, args: readonly Expr[]): readonly string[] {
  const kinds = opTable.get(name)?.operands ?? [];
  const values = args.map((expr) => valueOrNull(draft, expr));
  const type = draft.world.layout.cells[values[0] ?? 0]?.type;
  return args.map((expr, i) => {
    const failed = failedOperand(draft, expr);
    if (failed !== null) return failed;
    const value = values[i] ?? 0;
    switch (kinds[i]) {
      case 'int':
        return String(value);
      case 'proc':
        return draft.world.program.procs[value - 1]?.name ?? String(value);
      case 'value':
        return type === undefined ? String(value) : draft.world.printer.value(type, value);
      case 'item': {
        const to = { kind: 'struct', struct: type?.kind === 'list' ? type.of : -1 } as const;
        return draft.world.printer.reference({ kind: 'ref', to }, value);
      }
      default:
        return draft.cellName(value);
    }
  });
}

/** `-> 0`, if the instruction keeps its result. */
function resultText(draft: Draft, slot: number | null, result: number | null): string {
  const proc = draft.world.program.procs[draft.frame(draft.actor)?.proc ?? -1];
  const local = slot === null ? undefined : proc?.locals[slot];
  if (local === undefined || result === null) return '';
  return draft.world.printer.scalar(local.type, result);
}
