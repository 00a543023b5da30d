// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { createInterpreter } from '../interpreter/interpreter.ts';
import { primitives } from '../primitives/primitives.ts';
import type { CellRef, CodeBuilder, Operand, ProgramBuilder } from '../testing/program-builder.ts';
import { buildProgram } from '../testing/program-builder.ts';
import type { CellType } from './index.ts';
import { opTable } from './index.ts';
import type { OperandKind, OpRow } from './op-table.ts';

const rows = [...opTable.values()];

/** Operand kinds that name a value; all others are addresses of cells. */
const VALUES: ReadonlySet<OperandKind> = new Set(['int', 'value', 'item', 'proc']);

interface World {
  readonly struct: number;
  readonly item: CellRef;
  readonly cells: ReadonlyMap<OperandKind, CellRef>;
}

function typeOf(kind: OperandKind, struct: number): CellType {
  switch (kind) {
    case 'kref':
      return { kind, max: 3 };
    case 'list':
      return { kind, of: struct, max: 3 };
    case 'frames':
      return { kind, count: 2 };
    case 'int':
    case 'value':
    case 'item':
    case 'proc':
    case 'cell':
      return { kind: 'int', min: 0, max: 99 };
    default:
      return { kind };
  }
}

const KINDS: readonly OperandKind[] = [
  ...([
    'mutex',
    'rwsem',
    'spinlock',
    'wait_queue',
    'completion',
    'kref',
    'work',
    'workqueue',
  ] as const),
  ...(['list', 'frames', 'owed', 'cell'] as const),
];

function buildWorld(b: ProgramBuilder): World {
  const struct = b.struct('foo', [['n', { kind: 'int', min: 0, max: 9 }]]);
  const fn = b.proc('fn', 1, () => {});
  const initial = (kind: OperandKind): number => (kind === 'work' ? fn + 1 : 1);
  const cells = new Map(
    KINDS.map((kind) => [kind, b.cell(kind, typeOf(kind, struct), initial(kind))] as const),
  );
  return { struct, item: b.instance('item', struct), cells };
}

function operandOf(kind: OperandKind, world: World): Operand {
  if (kind === 'item') return world.item;
  if (kind === 'int' || kind === 'value' || kind === 'proc') return 1;
  const cell = world.cells.get(kind);
  if (cell === undefined) throw new Error(`no cell of kind ${kind}`);
  return cell;
}

/** What must have happened before so that the operation neither waits nor is a finding. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  mutex_unlock: ['mutex_lock'],
  up_read: ['down_read'],
  up_read_non_owner: ['down_read_non_owner'],
  up_write: ['down_write'],
  downgrade_write: ['down_write'],
  spin_unlock: ['spin_lock'],
  spin_unlock_irqrestore: ['spin_lock_irqsave'],
  wait_for_completion: ['complete'],
  wait_for_completion_timeout: ['complete'],
  worker_take: ['queue_work'],
  worker_done: ['queue_work', 'worker_take'],
  list_del: ['list_add'],
  list_next: ['list_add'],
  pfn_free: ['pfn_alloc'],
  pfn_get: ['pfn_alloc'],
  cancel_work_sync: ['queue_work'],
  kref_put: ['kref_get'],
  finish_wait: ['prepare_to_wait'],
  non_block_end: ['non_block_start'],
};

/** Cells that are no operands and change all the same: reached through the operand. */
const BEYOND: Readonly<Record<string, readonly string[]>> = {
  worker_take: ['work'],
  cancel_work_sync: ['workqueue'],
};

/** Their only effect is to wait. */
const WAITS_ALONE: ReadonlySet<string> = new Set(['sleep_on']);

function writeCall(code: CodeBuilder, row: OpRow, world: World): void {
  code.primitive(
    row.name,
    row.operands.map((kind) => operandOf(kind, world)),
    row.result === 'none' ? undefined : code.local('result'),
  );
}

/** A machine whose first thread has just the row's operation left, and the operation's number of steps. */
function prepared(row: OpRow) {
  const before = (BEFORE[row.name] ?? []).flatMap((name) => opTable.get(name) ?? []);
  const program = buildProgram((b) => {
    const world = buildWorld(b);
    b.thread('A', (code) => [...before, row].forEach((one) => writeCall(code, one, world)));
  });
  const machine = createInterpreter(program);
  const start = machine.initial();
  if (start.kind !== 'state') throw new Error(`${row.name} cannot be prepared`);
  let { state } = start;
  for (const { visible } of before) {
    const [only] = visible ? machine.enabled(state) : [];
    if (only === undefined) continue;
    const next = machine.step(state, only);
    if (next.kind !== 'state') throw new Error(`${row.name} cannot be prepared`);
    state = next.state;
  }
  return { machine, state };
}

describe('op table and primitives', () => {
  test('have the same names', () => {
    expect([...primitives.keys()].toSorted()).toEqual([...opTable.keys()].toSorted());
  });

  test('every row is found under its own name', () => {
    expect([...opTable.keys()]).toEqual(rows.map(({ name }) => name));
  });

  test.each(rows)('$name says where Linux defines it', ({ cites, visible }) => {
    const source = /^(kernel|include|arch|mm|lib)\/\S+\.[ch] \w+( \([^)]*\))?$/;
    if (visible || !cites.startsWith('none: ')) expect(cites).toMatch(source);
    else expect(cites.length).toBeGreaterThan('none: '.length + 10);
  });

  test.each(rows)('$name: accesses are positions of cells', ({ operands, reads, writes }) => {
    const cells = operands.flatMap((kind, i) => (VALUES.has(kind) ? [] : [i]));
    for (const access of [reads, writes]) expect([[], cells]).toContainEqual(access);
  });
});

describe('by the rules of the kernel', () => {
  const names = (which: (row: OpRow) => boolean): readonly string[] =>
    rows.filter(which).map(({ name }) => name);

  test('these may sleep', () => {
    // prettier-ignore
    expect(names(({ sleeps }) => sleeps)).toEqual([
      'mutex_lock', 'mutex_lock_interruptible', 'mutex_lock_killable',
      'down_read', 'down_read_killable', 'down_read_non_owner',
      'down_write', 'down_write_killable',
      'schedule', 'schedule_interruptible', 'schedule_timeout', 'sleep_on',
      'wait_for_completion', 'wait_for_completion_timeout',
      'flush_work', 'flush_workqueue', 'cancel_work_sync',
      'might_sleep', 'cond_resched',
    ]);
  });

  test('these only look', () => {
    // prettier-ignore
    expect(names(({ reads, writes }) => reads.length > 0 && writes.length === 0)).toEqual([
      'mutex_is_locked', 'rwsem_is_locked', 'completion_done', 'kref_read', 'work_pending',
      'list_empty', 'list_first', 'list_next', 'atomic_read', 'pfn_count',
    ]);
  });
});

describe('an operation', () => {
  test.each(rows.filter(({ visible }) => !visible))('$name, invisible, never waits', ({ name }) => {
    const primitive = primitives.get(name);
    expect(primitive?.resume).toBeUndefined();
    expect(primitive?.timed ?? false).toBe(false);
    expect(primitive?.waitsFor).toBeUndefined();
    expect(primitive?.wake).toBeUndefined();
  });

  test.each(rows.filter(({ waits }) => !waits))('$name, of an atomic block, never waits', (row) => {
    const primitive = primitives.get(row.name);
    expect(primitive?.arrive).toBeDefined();
    for (const part of ['resume', 'timed', 'interruptible', 'idles', 'wake', 'waitsFor'] as const)
      expect(primitive?.[part]).toBeUndefined();
  });

  test.each(rows.filter(({ waits, sleeps }) => waits && !sleeps))('$name waits awake', (row) => {
    const primitive = primitives.get(row.name);
    expect(primitive?.resume !== undefined || primitive?.idles === true).toBe(true);
  });

  test.each(rows)('$name takes the operands of its row and gets through', (row) => {
    const { machine, state } = prepared(row);
    if (!row.visible) return expect(machine.positions(state, 0)).toEqual([]);
    const [first, ...others] = machine.enabled(state);
    if (first === undefined) throw new Error(`${row.name} waits`);
    expect(others).toEqual([]);
    const next = machine.step(state, first);
    const done = next.kind === 'state' && machine.positions(next.state, 0).length === 0;
    const left = next.kind === 'finding' ? next.occurrences.map(({ name }) => name) : [];
    if (WAITS_ALONE.has(row.name)) expect(next.kind === 'state' && !done).toBe(true);
    else expect(done || left.join() === 'lock_held_at_exit').toBe(true);
  });

  test.each(rows.filter(({ visible }) => visible))(
    '$name changes only what its row writes',
    (row) => {
      const { machine, state } = prepared(row);
      const [first] = machine.enabled(state);
      if (first === undefined) throw new Error(`${row.name} waits`);
      const written = row.writes.map((i) => row.operands[i]);
      const touched = machine.describe(state, first).changes.map(({ object }) => object);
      expect([...written, ...(BEYOND[row.name] ?? [])]).toEqual(expect.arrayContaining(touched));
    },
  );

  test.each(rows)('$name fires might_sleep under a spinlock iff its row sleeps', (row) => {
    const program = buildProgram((b) => {
      const world = buildWorld(b);
      const outer = b.cell('outer', { kind: 'spinlock' });
      b.thread('A', (code) => {
        code.primitive('spin_lock', [outer]);
        writeCall(code, row, world);
        code.primitive('spin_unlock', [outer]);
      });
    });
    const machine = createInterpreter(program);
    const names = new Set<string>();
    const start = machine.initial();
    const open = start.kind === 'state' ? [start.state] : [];
    for (const state of open) {
      for (const transition of machine.enabled(state)) {
        const next = machine.step(state, transition);
        if (next.kind === 'state') open.push(next.state);
        if (next.kind === 'finding') next.occurrences.forEach(({ name }) => names.add(name));
      }
    }
    expect(names.has('sleep_in_atomic')).toBe(row.sleeps);
  });
});
