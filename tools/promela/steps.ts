// SPDX-License-Identifier: MIT
/**
 * A thread's instructions as statements: what it does after the action at its border, up to the next one.
 * Design: a transition is one visible action first, then local computation up to the next border.
 */

import type { Expr, Instruction } from '@hmmlab/runtime/program';
import { opTable } from '@hmmlab/runtime/program';
import { Body, localName } from './body.ts';
import { cellTypeAt, knownType } from './cell-types.ts';
import type { Printed } from './expressions.ts';
import { accessChecks, printExpr } from './expressions.ts';
import type { Emitter } from './emitter.ts';
import type { Frame } from './frames.ts';
import { liveInCaller } from './frames.ts';
import type { Model } from './model.ts';
import { isPlain } from './memory.ts';
import { primitiveSteps } from './primitives.ts';
import { Untranslatable } from './untranslatable.ts';

/** Locals that may differ from 0 when a transition begins or that it writes, as `frame slot`; null for all. */
export type MaybeSet = ReadonlySet<string> | null;

export class Steps implements Emitter {
  readonly model: Model;
  readonly body: Body;
  readonly #maybeSet: MaybeSet;
  readonly #labels = new Map<string, string>();
  readonly #written = new Set<string>();

  constructor(model: Model, maybeSet: MaybeSet) {
    this.model = model;
    this.body = new Body(model.program, model.labels);
    this.#maybeSet = maybeSet;
  }

  print(frame: Frame, expr: Expr): Printed {
    const local = (slot: number): string => localName(frame, slot);
    return printExpr(expr, { program: this.model.program, memory: this.model.memory, local });
  }

  /** Tests what evaluating an expression can raise; its text. */
  value(frame: Frame, expr: Expr): string {
    const { text, checks } = this.print(frame, expr);
    this.body.failIfAny(checks);
    return text;
  }

  access(address: string): void {
    this.body.failIfAny(accessChecks(address, this.model.memory));
  }

  /** Writes the instructions from a place up to borders; every way goes on at label `end`. */
  run(frame: Frame, pc: number, end: string): void {
    const open: (readonly [Frame, number])[] = [[frame, pc]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [inside, at] = next;
      const key = this.#key(inside, at, end);
      if (this.#written.has(key)) continue;
      this.#written.add(key);
      this.body.label(this.#labelOf(key));
      this.#runOne(inside, at, end, (to, target) => {
        this.#jump(to, target, end);
        open.push([to, target]);
      });
    }
  }

  #key(frame: Frame, pc: number, end: string): string {
    return `${frame.number} ${pc} ${end}`;
  }

  #labelOf(key: string): string {
    const known = this.#labels.get(key) ?? this.body.fresh();
    this.#labels.set(key, known);
    return known;
  }

  #jump(frame: Frame, pc: number, end: string): void {
    const key = this.#key(frame, pc, end);
    if (this.#written.has(key)) this.body.goBack(this.#labelOf(key));
    else this.body.goto(this.#labelOf(key));
  }

  #runOne(frame: Frame, pc: number, end: string, go: (frame: Frame, pc: number) => void): void {
    const instruction = frame.proc.code[pc];
    if (instruction === undefined) throw new Error('code runs off its end');
    if (instruction.border && !frame.inSetUp) return this.stand(frame, pc, end);
    if (frame.inSetUp) refuseInSetUp(instruction);
    else if (awaits(instruction)) throw new Untranslatable('a condition inside an atomic block');
    this.act(frame, pc, instruction, 0);
    this.follow(frame, pc, instruction, end, go);
  }

  /** The thread stands at a border. */
  stand(frame: Frame, pc: number, end: string): void {
    this.#drop(frame, frame.live[pc] ?? new Set());
    this.body.say(`at[${frame.thread}] = ${this.model.places.of(frame, pc)}`);
    this.body.goto(end);
  }

  /** Locals that nobody reads any more are no part of a state. */
  #drop(frame: Frame, live: ReadonlySet<number>): void {
    frame.proc.locals.forEach((_, slot) => {
      const key = `${frame.number} ${slot}`;
      if (live.has(slot) || frame.kept.has(slot)) return;
      if (this.#maybeSet !== null && !this.#maybeSet.has(key)) return;
      this.body.say(`${localName(frame, slot)} = 0`);
    });
  }

  /** Everything an instruction does but moving on. `choice` is the value of a `choose`, 1 for a failing allocation. */
  act(frame: Frame, pc: number, instruction: Instruction, choice: number): void {
    this.noteTest(frame.thread, instruction);
    const { body } = this;
    switch (instruction.op) {
      case 'let':
        return body.setLocal(frame, instruction.to, this.value(frame, instruction.value));
      case 'load': {
        const address = this.value(frame, instruction.address);
        this.access(address);
        const from = knownType(instruction.address, frame, this.model);
        return body.setLocal(frame, instruction.to, `m[${address}]`, from);
      }
      case 'store': {
        const address = this.value(frame, instruction.address);
        this.store(frame, instruction.address, address, this.value(frame, instruction.value));
        return;
      }
      case 'assert': {
        const test = this.value(frame, instruction.test);
        const finding = instruction.contract === true ? 'contract' : 'assertion';
        return body.failIf({ bad: `${test} == 0`, finding });
      }
      case 'choose':
        return body.setLocal(frame, instruction.to, `${choice}`);
      case 'alloc':
      case 'scope-begin':
        if (choice === 1) return body.setLocal(frame, instruction.to, '0');
        return this.#allocate(frame, instruction.pool, instruction.to);
      case 'free':
        return this.#release(this.value(frame, instruction.address), true);
      case 'scope-end':
        return this.#release(localName(frame, instruction.slot), false);
      case 'primitive':
        return primitiveSteps(this, { frame, pc, instruction });
      case 'jump':
      case 'branch':
      case 'call':
      case 'call-ops':
      case 'return':
      case 'await':
      case 'await-any':
        return;
      case 'assume':
        throw new Untranslatable('assumptions');
      case 'call-work':
        throw new Untranslatable('work items');
    }
  }

  /** Where an instruction that has been done leads. */
  follow(
    frame: Frame,
    pc: number,
    instruction: Instruction,
    end: string,
    go: (frame: Frame, pc: number) => void = (to, target) => this.run(to, target, end),
  ): void {
    switch (instruction.op) {
      case 'jump':
        return go(frame, instruction.target);
      case 'branch':
        return this.#branch(frame, instruction, end, go);
      case 'call':
        return this.#enter(frame, pc, instruction, { go, callee: instruction.proc });
      case 'call-ops':
        return this.#callOps(frame, pc, instruction, go);
      case 'return':
        return this.#leave(frame, instruction.value, end, go);
      default:
        return go(frame, pc + 1);
    }
  }

  #branch(
    frame: Frame,
    { test, then, else: otherwise }: Extract<Instruction, { op: 'branch' }>,
    end: string,
    go: (frame: Frame, pc: number) => void,
  ): void {
    const condition = this.value(frame, test);
    const label = this.body.fresh();
    this.body.say(`if :: (${condition} == 0) -> goto ${label} :: else fi`);
    go(frame, then);
    this.body.label(label);
    go(frame, otherwise);
  }

  #enter(
    frame: Frame,
    pc: number,
    call: Extract<Instruction, { op: 'call' | 'call-ops' }>,
    { go, callee }: { go: (frame: Frame, pc: number) => void; callee: number },
  ): void {
    const args = call.args.map((arg) => this.value(frame, arg));
    const inner = this.model.frames.called(frame, pc, callee, call.to);
    if (inner === null) return this.body.fail('call_depth');
    // All arguments are worth what they are before the first of them is passed; a callee's locals are its own.
    args.forEach((value, slot) => this.body.setLocal(inner, slot, value));
    this.#drop(frame, liveInCaller(inner));
    go(inner, 0);
  }

  #callOps(
    frame: Frame,
    pc: number,
    call: Extract<Instruction, { op: 'call-ops' }>,
    go: (frame: Frame, pc: number) => void,
  ): void {
    const { program } = this.model;
    this.body.failIfAny(call.args.flatMap((arg) => this.print(frame, arg).checks));
    const table = this.value(frame, call.table);
    program.opsTables.forEach(({ ops, procs }, index) => {
      if (ops !== call.ops) return;
      const callee = procs[call.slot] ?? null;
      const other = this.body.fresh();
      this.body.say(`if :: (${table} != ${index + 1}) -> goto ${other} :: else fi`);
      if (callee === null) this.body.fail('null_dereference');
      else this.#enter(frame, pc, call, { go, callee });
      this.body.label(other);
    });
    this.body.fail('null_dereference');
  }

  #leave(
    frame: Frame,
    value: Expr | null,
    end: string,
    go: (frame: Frame, pc: number) => void,
  ): void {
    const { caller, thread } = frame;
    const result = value === null ? '0' : this.value(frame, value);
    if (caller === null) {
      const held = this.model.locksHeldBy(thread).join(' || ');
      if (held !== '') this.body.failIf({ bad: held, finding: 'lock_held_at_exit' });
      this.#drop(frame, new Set());
      if (!frame.inSetUp) this.body.say(`at[${thread}] = 0`);
      return this.body.goto(end);
    }
    if (caller.to !== null) this.body.setLocal(caller.frame, caller.to, result);
    this.#drop(frame, new Set());
    go(caller.frame, caller.pc + 1);
  }

  /** Stores into a plain cell, whose address and value have been worked out. */
  store(frame: Frame, expr: Expr, address: string, value: string): void {
    this.access(address);
    const type = cellTypeAt(expr, frame, this.model);
    if (!isPlain(type) || type.kind === 'kref') {
      this.body.say(`m[${address}] = ${value}`);
      return;
    }
    this.body.say(`m[${address}] = ${this.body.fit(type as Parameters<Body['fit']>[0], value)}`);
  }

  #allocate(frame: Frame, pool: number, to: number): void {
    const run = this.model.memory.pools[pool];
    if (run === undefined) throw new Error(`no pool ${pool}`);
    const { slot, capacity, base, size } = run;
    const end = slot + capacity;
    this.body.say(
      `num = ${slot}`,
      `do :: num < ${end} && st[num] != 0 -> num++ :: else -> break od`,
    );
    this.body.failIf({ bad: `num == ${end}`, finding: 'limit' });
    this.body.say('st[num] = 1');
    this.body.setLocal(frame, to, `(${base} + (num - ${slot}) * ${size})`);
  }

  /** `kfree(NULL)` does nothing; anything but the beginning of a living object is freed in vain. */
  #release(address: string, nullIsFine: boolean): void {
    const over = this.body.fresh();
    this.body.say('num = 0 - 1');
    if (nullIsFine) this.body.say(`if :: (${address} == 0) -> goto ${over} :: else fi`);
    for (const { slot, capacity, base, size } of this.model.memory.pools) {
      const inside = `${address} >= ${base} && ${address} < ${base + capacity * size}`;
      const begins = `(${address} - ${base}) % ${size} == 0`;
      const which = `num = ${slot} + (${address} - ${base}) / ${size}`;
      this.body.say(`if :: (${inside} && ${begins}) -> ${which} :: else fi`);
    }
    this.body.failIf({ bad: 'num < 0', finding: 'double_free' });
    this.body.failIf({ bad: 'st[num] != 1', finding: 'double_free' });
    this.body.say('st[num] = 2');
    this.body.label(over);
  }

  /** A thread that looks at something shared has not slept through the wake-ups before it. */
  noteTest(thread: number, instruction: Instruction): void {
    if (!this.model.tracksMissed || !isTest(instruction)) return;
    for (const k of this.model.waitQueues)
      this.body.say(`flags[${k}] = flags[${k}] & ${number16(~(1 << thread))}`);
  }
}

const number16 = (mask: number): number => mask & 0xff;

/** No other thread is there yet, so whatever waits or has a choice is out of place. */
function refuseInSetUp(instruction: Instruction): void {
  if (instruction.op === 'primitive' && opTable.get(instruction.name)?.waits !== true) return;
  if (['primitive', 'choose', 'await', 'await-any', 'free', 'scope-end'].includes(instruction.op))
    throw new Untranslatable(`${instruction.op} in the set-up`);
}

/** An `await` that may have to wait, unlike the beginning of an atomic block. */
const awaits = (instruction: Instruction): boolean =>
  instruction.op === 'await-any' || (instruction.op === 'await' && instruction.condition !== null);

function isTest(instruction: Instruction): boolean {
  if (instruction.op === 'await' || instruction.op === 'await-any') return awaits(instruction);
  if (instruction.op !== 'primitive') return instruction.op === 'load';
  const row = opTable.get(instruction.name);
  return row !== undefined && row.result !== 'none' && !row.sleeps;
}
