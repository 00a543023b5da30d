// SPDX-License-Identifier: MIT
/** Builds small Programs by hand, for tests of the runtime that need no front end. */

import type {
  BinaryOperator,
  CellType,
  CheckName,
  Counter,
  Environment,
  Expectation,
  Expr,
  Instruction,
  InstructionBody,
  Invariant,
  LockRules,
  Pool,
  Proc,
  Program,
  ScalarType,
  Span,
  StateExpr,
  StaticObject,
  StructType,
  Thread,
} from '../program/index.ts';
import { opTable, PROGRAM_VERSION, usualChecks } from '../program/index.ts';

/** A static object of one cell. */
export interface CellRef {
  readonly object: number;
  readonly name: string;
}

/** A local of the proc under construction. */
export interface LocalRef {
  readonly slot: number;
}

export type Operand = number | LocalRef | CellRef | Expr;

const INT: ScalarType = { kind: 'int', min: -4095, max: 4095 };

export function toExpr(operand: Operand): Expr {
  if (typeof operand === 'number') return { kind: 'const', value: operand };
  if ('kind' in operand) return operand;
  if ('slot' in operand) return { kind: 'local', slot: operand.slot };
  return { kind: 'object', object: operand.object, cell: 0 };
}

export function binary(op: BinaryOperator, a: Operand, b: Operand): Expr {
  return { kind: 'binary', op, a: toExpr(a), b: toExpr(b) };
}

/** Value of a one-cell object in a condition. */
export function valueOf(cell: CellRef): StateExpr {
  return { kind: 'load', address: { kind: 'object', object: cell.object, cell: 0 } };
}

export function compare(a: StateExpr, op: BinaryOperator, value: number): StateExpr {
  return { kind: 'binary', op, a, b: { kind: 'const', value } };
}

/** Emits the code of one proc. Every instruction gets a line of its own: 100 * proc + pc + 1. */
export class CodeBuilder {
  readonly code: Instruction[] = [];
  readonly locals: { readonly name: string; readonly type: ScalarType }[] = [];
  readonly #proc: number;
  #atomic = false;

  constructor(proc: number) {
    this.#proc = proc;
  }

  local(name: string, type: ScalarType = INT): LocalRef {
    this.locals.push({ name, type });
    return { slot: this.locals.length - 1 };
  }

  get here(): number {
    return this.code.length;
  }

  emit(body: InstructionBody, border: boolean): number {
    const line = this.#proc * 100 + this.code.length + 1;
    const span: Span = { file: 0, line, column: 1, endLine: line, endColumn: 2 };
    this.code.push({ ...body, border: border && !this.#atomic, span });
    return this.code.length - 1;
  }

  set(to: LocalRef, value: Operand): void {
    this.emit({ op: 'let', to: to.slot, value: toExpr(value) }, false);
  }

  load(from: Operand, name = 'r'): LocalRef {
    const to = this.local(name);
    this.loadInto(to, from);
    return to;
  }

  loadInto(to: LocalRef, from: Operand): void {
    this.emit({ op: 'load', to: to.slot, address: toExpr(from) }, true);
  }

  store(to: Operand, value: Operand): void {
    this.emit({ op: 'store', address: toExpr(to), value: toExpr(value) }, true);
  }

  primitive(name: string, args: readonly Operand[], to?: LocalRef, condition?: StateExpr): void {
    const visible = opTable.get(name)?.visible ?? true;
    const base = { op: 'primitive', name, args: args.map(toExpr), to: to?.slot ?? null } as const;
    this.emit(condition === undefined ? base : { ...base, condition }, visible);
  }

  call(proc: number, args: readonly Operand[] = [], to?: LocalRef): void {
    this.emit({ op: 'call', proc, args: args.map(toExpr), to: to?.slot ?? null }, false);
  }

  choose(to: LocalRef, from: number, upTo: number): void {
    this.emit({ op: 'choose', to: to.slot, from, upTo }, true);
  }

  /** An `await`, or with null the beginning of an atomic block; what `write` adds is part of that step. */
  atomic(condition: StateExpr | null, write: () => void = () => {}): void {
    this.emit({ op: 'await', condition, text: condition === null ? '' : 'condition' }, true);
    this.#atomic = true;
    write();
    this.#atomic = false;
  }

  /** An `await` of several conditions; what each way writes is part of that step, and then it is over. */
  awaitAny(ways: readonly (readonly [condition: StateExpr, write: () => void])[]): void {
    const at = this.emit({ op: 'await-any', ways: [] }, true);
    this.#atomic = true;
    const jumps: number[] = [];
    const written = ways.map(([condition, write], way) => {
      const target = this.here;
      write();
      jumps.push(this.emit({ op: 'jump', target: 0 }, false));
      return { condition, text: `way ${way}`, target };
    });
    this.#atomic = false;
    const head = this.code[at];
    if (head?.op === 'await-any') this.code[at] = { ...head, ways: written };
    for (const jump of jumps) this.patchJump(jump, this.here);
  }

  assert(test: Operand, text: string): void {
    this.emit({ op: 'assert', test: toExpr(test), text }, false);
  }

  jump(target: number): void {
    this.emit({ op: 'jump', target }, false);
  }

  /** A branch whose targets are filled in by `patch`. */
  branch(test: Operand): number {
    return this.emit({ op: 'branch', test: toExpr(test), then: 0, else: 0 }, false);
  }

  patch(at: number, then: number, otherwise: number): void {
    const instruction = this.code[at];
    if (instruction?.op !== 'branch') throw new Error('only branches are patched');
    this.code[at] = { ...instruction, then, else: otherwise };
  }

  /** Sets the target of a jump that was written before its target. */
  patchJump(at: number, target: number): void {
    const instruction = this.code[at];
    if (instruction?.op !== 'jump') throw new Error('only jumps are patched here');
    this.code[at] = { ...instruction, target };
  }

  finish(): void {
    this.emit({ op: 'return', value: null }, false);
  }
}

const SPAN: Span = { file: 0, line: 1, column: 1, endLine: 1, endColumn: 2 };

/** Collects the parts of a Program. */
export class ProgramBuilder {
  readonly #objects: StaticObject[] = [];
  readonly #structs: StructType[] = [];
  readonly #pools: Pool[] = [];
  readonly #counters: Counter[] = [];
  readonly #procs: Proc[] = [];
  readonly #threads: Thread[] = [];
  readonly #invariants: Invariant[] = [];
  readonly #expectations: Expectation[] = [];
  environment: Environment = {
    signals: false,
    spuriousWakeups: false,
    allocationFailure: false,
  };
  lockRules: LockRules = { readersOvertake: true };
  checks: readonly CheckName[] = usualChecks;
  setup: number | null = null;

  cell(name: string, cell: CellType, initial = 0): CellRef {
    const type = { kind: 'cell', cell } as const;
    this.#objects.push({ name, type, initial: [{ cell: 0, value: initial }], span: SPAN });
    return { object: this.#objects.length - 1, name };
  }

  int(name: string, initial = 0, min = -4095, max = 4095): CellRef {
    return this.cell(name, { kind: 'int', min, max }, initial);
  }

  /** A static object of a struct; the reference names its first cell. */
  instance(name: string, struct: number): CellRef {
    this.#objects.push({ name, type: { kind: 'struct', struct }, initial: [], span: SPAN });
    return { object: this.#objects.length - 1, name };
  }

  struct(name: string, cells: readonly (readonly [name: string, type: CellType])[]): number {
    const fields = cells.map(([field, type]) => ({ name: field, type, initial: 0 }));
    this.#structs.push({ name, cells: fields });
    return this.#structs.length - 1;
  }

  pool(name: string, struct: number, capacity: number, lifetime: Pool['lifetime']): number {
    this.#pools.push({ name, struct, capacity, lifetime, span: SPAN });
    return this.#pools.length - 1;
  }

  counter(counter: Omit<Counter, 'span'>): void {
    this.#counters.push({ ...counter, span: SPAN });
  }

  proc(name: string, params: number, write: (code: CodeBuilder) => void, depth = 1): number {
    const index = this.#procs.length;
    const code = new CodeBuilder(index);
    for (let i = 0; i < params; i++) code.local(`p${i}`);
    write(code);
    code.finish();
    const span: Span = { ...SPAN, line: index * 100 + 1 };
    const { locals } = code;
    this.#procs.push({ name, params, locals, depth, code: code.code, span, origin: 'scenario' });
    return index;
  }

  thread(
    name: string,
    write: (code: CodeBuilder) => void,
    more: Partial<Pick<Thread, 'kind' | 'workqueue' | 'observed'>> = {},
  ): number {
    const proc = this.proc(name, 0, write);
    const span = this.#procs[proc]?.span ?? SPAN;
    const given = { kind: 'task', workqueue: null, observed: [], ...more } as const;
    this.#threads.push({ name, proc, args: [], span, ...given });
    return this.#threads.length - 1;
  }

  invariant(condition: StateExpr, text: string): void {
    this.#invariants.push({ condition, text, span: SPAN });
  }

  expect(expectation: Expectation): void {
    this.#expectations.push(expectation);
  }

  condition(kind: 'sometimes' | 'always' | 'never', condition: StateExpr, text: string): void {
    this.#expectations.push({ kind, condition, text, span: SPAN });
  }

  build(): Program {
    return {
      version: PROGRAM_VERSION,
      title: 'built',
      params: [],
      profile: null,
      sources: ['built.hmm'],
      span: SPAN,
      enums: [],
      structs: this.#structs,
      opsInterfaces: [],
      opsTables: [],
      objects: this.#objects,
      pools: this.#pools,
      procs: this.#procs,
      setup: this.setup,
      threads: this.#threads,
      mirrors: [],
      counters: this.#counters,
      invariants: this.#invariants,
      expectations: this.#expectations,
      unreached: [],
      environment: this.environment,
      lockRules: this.lockRules,
      checks: this.checks,
    };
  }
}

/** `buildProgram((b) => { const x = b.int('x'); b.thread('A', (c) => c.store(x, 1)); })` */
export function buildProgram(write: (builder: ProgramBuilder) => void): Program {
  const builder = new ProgramBuilder();
  write(builder);
  return builder.build();
}
