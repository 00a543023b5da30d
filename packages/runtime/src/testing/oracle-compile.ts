// SPDX-License-Identifier: MIT
/** Writes an abstract program as a Program, and reads the memory of its final states through conditions. */

import type { Machine } from '../interpreter/machine.ts';
import type { Program, ScalarType, StateExpr } from '../program/index.ts';
import { opTable } from '../program/index.ts';
import type { AbstractProgram, CallName, Op } from './oracle-program.ts';
import { callNames, krefLimits, objectCounts } from './oracle-program.ts';
import type { CellRef, CodeBuilder, LocalRef, ProgramBuilder } from './program-builder.ts';
import { binary, buildProgram, valueOf } from './program-builder.ts';

const VALUE_BITS = 4;

interface World {
  readonly struct: number;
  readonly pool: number;
  readonly cells: readonly CellRef[];
  readonly pointers: readonly CellRef[];
  readonly list: CellRef;
  readonly items: readonly CellRef[];
  readonly byKind: ReadonlyMap<string, readonly CellRef[]>;
}

function repeat<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

function countAllocations(ops: readonly Op[]): number {
  return ops.reduce((sum, op) => {
    if (op.kind === 'if') return sum + countAllocations(op.then) + countAllocations(op.else);
    if (op.kind === 'call') return sum + countAllocations(op.then);
    if (op.kind === 'atomic') return sum + countAllocations(op.body);
    return sum + (op.kind === 'allocate' ? 1 : 0);
  }, 0);
}

function buildWorld(b: ProgramBuilder, program: AbstractProgram): World {
  const struct = b.struct('foo', [['n', { kind: 'int', min: 0, max: 9 }]]);
  const capacity = Math.max(1, countAllocations(program.threads.flat()));
  const pointer: ScalarType = { kind: 'ref', to: { kind: 'struct', struct } };
  const byKind = new Map<string, readonly CellRef[]>();
  for (const kind of ['mutex', 'rwsem', 'spinlock', 'wait_queue', 'completion'] as const) {
    byKind.set(
      kind,
      repeat(objectCounts[kind], (i) => b.cell(`${kind}${i}`, { kind })),
    );
  }
  const kref = { kind: 'kref', max: krefLimits.max } as const;
  byKind.set(
    'kref',
    repeat(objectCounts.kref, (i) => b.cell(`kref${i}`, kref, krefLimits.initial)),
  );
  const pool = b.pool('foo', struct, capacity, 'heap');
  const pointers = repeat(objectCounts.pointer, (i) => b.cell(`p${i}`, pointer));
  declareHolders(b, { pool, pointers, krefs: byKind.get('kref') ?? [] });
  return {
    struct,
    pool,
    cells: repeat(objectCounts.cell, (i) => b.int(`x${i}`, 0, 0, program.top)),
    pointers,
    list: b.cell('list', { kind: 'list', of: struct, max: objectCounts.item }),
    items: repeat(objectCounts.item, (i) => b.instance(`item${i}`, struct)),
    byKind,
  };
}

/** The number in an object counts the pointers to it; a kref has holders that are always there. */
function declareHolders(
  b: ProgramBuilder,
  { pool, pointers, krefs }: Pick<World, 'pool' | 'pointers'> & { krefs: readonly CellRef[] },
): void {
  b.counter({
    name: 'foo.n',
    cells: [{ at: { kind: 'pool', pool, cell: 0 }, owner: 0 }],
    holders: [
      {
        kind: 'referrer',
        text: 'p',
        from: pointers.map(({ object }) => ({ kind: 'object', object, cell: 0 })),
        hops: [0],
        length: 1,
        pfn: null,
      },
    ],
  });
  b.counter({
    name: 'kref',
    cells: krefs.map(({ object }) => ({ at: { kind: 'object', object, cell: 0 }, owner: 0 })),
    holders: [{ kind: 'number', text: 'held', count: krefLimits.held }],
  });
}

function pick(list: readonly CellRef[] | undefined, index: number): CellRef {
  const found = list?.[index];
  if (found === undefined) throw new Error(`no object ${index}`);
  return found;
}

function kindOf(name: CallName): string {
  for (const [kind, names] of Object.entries(callNames)) {
    if ((names as readonly string[]).includes(name)) return kind;
  }
  throw new Error(name);
}

/** Writes the code of one thread. */
class ThreadWriter {
  readonly #code: CodeBuilder;
  readonly #world: World;
  readonly #register: LocalRef;
  readonly #scratch: LocalRef;
  readonly #pointer: LocalRef;

  constructor(code: CodeBuilder, world: World) {
    this.#code = code;
    this.#world = world;
    this.#register = code.local('register');
    this.#scratch = code.local('scratch');
    this.#pointer = code.local('pointer', {
      kind: 'ref',
      to: { kind: 'struct', struct: world.struct },
    });
  }

  writeAll(ops: readonly Op[]): void {
    for (const op of ops) this.#write(op);
  }

  #write(op: Op): void {
    const code = this.#code;
    switch (op.kind) {
      case 'load':
        return code.loadInto(this.#register, this.#cell(op.cell));
      case 'store':
        return code.store(this.#cell(op.cell), op.value === 'register' ? this.#register : op.value);
      case 'increment':
        code.loadInto(this.#scratch, this.#cell(op.cell));
        return code.store(this.#cell(op.cell), binary('+', this.#scratch, 1));
      case 'assert':
        code.loadInto(this.#scratch, this.#cell(op.cell));
        return code.assert(binary('==', this.#scratch, op.equals), 'equal');
      case 'if':
        code.loadInto(this.#scratch, this.#cell(op.cell));
        return this.#either(binary('==', this.#scratch, op.equals), op.then, op.else);
      case 'wait-event':
        return this.#waitEvent(op);
      case 'choose':
        return code.choose(this.#register, 0, op.upTo);
      case 'atomic':
        return this.#atomic(op);
      case 'call':
        return this.#call(op);
      default:
        return this.#writeMemory(op);
    }
  }

  #writeMemory(
    op: Exclude<
      Op,
      {
        kind:
          | 'load'
          | 'store'
          | 'increment'
          | 'assert'
          | 'if'
          | 'wait-event'
          | 'choose'
          | 'atomic'
          | 'call';
      }
    >,
  ): void {
    const code = this.#code;
    const field = {
      kind: 'field',
      base: { kind: 'local', slot: this.#pointer.slot },
      cells: 0,
    } as const;
    if (op.kind === 'list-change') {
      return code.primitive(op.name, [this.#world.list, pick(this.#world.items, op.item)]);
    }
    if (op.kind === 'list-ask') return this.#askList(op.name);
    const pointer = pick(this.#world.pointers, op.pointer);
    if (op.kind === 'allocate') {
      code.emit({ op: 'alloc', pool: this.#world.pool, to: this.#pointer.slot }, true);
      return code.store(pointer, this.#pointer);
    }
    code.loadInto(this.#pointer, pointer);
    if (op.kind === 'release') code.emit({ op: 'free', address: field.base }, true);
    if (op.kind === 'read-through') code.loadInto(this.#register, field);
    if (op.kind === 'write-through') code.store(field, op.value);
  }

  #atomic({ awaits, body }: Extract<Op, { kind: 'atomic' }>): void {
    const condition =
      awaits && equal(valueOf(this.#cell(awaits.cell)), { kind: 'const', value: awaits.equals });
    this.#code.atomic(condition, () => this.writeAll(body));
  }

  #askList(name: 'list_empty' | 'list_first'): void {
    const to = name === 'list_first' ? this.#pointer : this.#register;
    this.#code.primitive(name, [this.#world.list], to);
    if (name === 'list_empty') return;
    const first = pick(this.#world.items, 0);
    this.#code.set(this.#register, binary('==', this.#pointer, first));
  }

  #call(op: Extract<Op, { kind: 'call' }>): void {
    const object = pick(this.#world.byKind.get(kindOf(op.name)), op.on);
    const returns = opTable.get(op.name)?.result !== 'none';
    this.#code.primitive(op.name, [object], returns ? this.#register : undefined);
    if (op.then.length > 0) this.#either(binary('==', this.#register, 1), op.then, []);
  }

  #either(test: ReturnType<typeof binary>, then: readonly Op[], otherwise: readonly Op[]): void {
    const branch = this.#code.branch(test);
    this.writeAll(then);
    const over = this.#code.here;
    this.#code.jump(0);
    this.#code.patch(branch, branch + 1, over + 1);
    this.writeAll(otherwise);
    this.#code.patchJump(over, this.#code.here);
  }

  /** As the language brief lowers wait_event and wait_event_timeout. */
  #waitEvent(op: Extract<Op, { kind: 'wait-event' }>): void {
    const code = this.#code;
    const queue = pick(this.#world.byKind.get('wait_queue'), op.queue);
    const cell = this.#cell(op.cell);
    const condition: StateExpr = {
      kind: 'binary',
      op: '==',
      a: valueOf(cell),
      b: { kind: 'const', value: op.equals },
    };
    const test = (): number => {
      code.loadInto(this.#scratch, cell);
      return code.branch(binary('==', this.#scratch, op.equals));
    };
    const first = test();
    const loop = code.here;
    code.primitive('prepare_to_wait', [queue]);
    const again = test();
    const woken = this.#scratch;
    code.primitive(
      op.timed ? 'schedule_timeout' : 'schedule',
      [queue],
      op.timed ? woken : undefined,
      condition,
    );
    const expired = op.timed ? code.branch(binary('!=', woken, 0)) : null;
    if (expired === null) code.jump(loop);
    else code.patch(expired, loop, code.here);
    const toEnd: number[] = [];
    if (expired !== null) {
      code.primitive('finish_wait', [queue]);
      code.loadInto(this.#scratch, cell);
      code.set(this.#register, binary('==', this.#scratch, op.equals));
      toEnd.push(code.here);
      code.jump(0);
    }
    code.patch(again, code.here, again + 1);
    code.primitive('finish_wait', [queue]);
    code.patch(first, code.here, first + 1);
    if (op.timed) code.set(this.#register, 1);
    for (const jump of toEnd) code.patchJump(jump, code.here);
  }

  #cell(index: number): CellRef {
    return pick(this.#world.cells, index);
  }
}

function bits(value: StateExpr, count: number): StateExpr[] {
  return repeat(count, (bit) => ({
    kind: 'binary',
    op: '&',
    a: { kind: 'binary', op: '>>', a: value, b: { kind: 'const', value: bit } },
    b: { kind: 'const', value: 1 },
  }));
}

function equal(a: StateExpr, b: StateExpr): StateExpr {
  return { kind: 'binary', op: '==', a, b };
}

/** Conditions whose truth in a final state spells its memory; `memoryText` puts them together again. */
function observe(b: ProgramBuilder, world: World): void {
  const address = ({ object }: CellRef): StateExpr => ({ kind: 'object', object, cell: 0 });
  const count = (cell: CellRef, what: 'count' | 'length'): StateExpr => ({
    kind: 'inspect',
    what,
    address: address(cell),
  });
  const numbers = [
    ...world.cells.map(valueOf),
    ...(world.byKind.get('kref') ?? []).map((cell) => count(cell, 'count')),
    count(world.list, 'length'),
  ];
  const [p, q] = world.pointers.map(valueOf);
  if (p === undefined || q === undefined) throw new Error('two pointers');
  const nil: StateExpr = { kind: 'const', value: 0 };
  for (const bit of numbers.flatMap((value) => bits(value, VALUE_BITS))) {
    b.condition('sometimes', bit, 'bit');
  }
  for (const test of [equal(p, nil), equal(q, nil), equal(p, q)]) {
    b.condition('sometimes', test, 'test');
  }
}

/** The memory of a final state in the words of the simulator's `memoryText`. */
export function observedMemory<State>(machine: Machine<State>, state: State): string {
  const truths = machine.program.expectations.map((_, i) => Number(machine.condition(state, i)));
  const numbers: number[] = [];
  while (truths.length >= VALUE_BITS) {
    numbers.push(truths.splice(0, VALUE_BITS).reduceRight((sum, bit) => 2 * sum + bit, 0));
  }
  return [...numbers, ...truths].join(' ');
}

/** The same program for the interpreter. */
export function compileAbstract(program: AbstractProgram): Program {
  return buildProgram((b) => {
    b.lockRules = { readersOvertake: program.readersOvertake };
    const world = buildWorld(b, program);
    program.threads.forEach((ops, i) => {
      b.thread(`T${i}`, (code) => new ThreadWriter(code, world).writeAll(ops));
    });
    observe(b, world);
  });
}
