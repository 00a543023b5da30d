// SPDX-License-Identifier: MIT
/** A Program as text, one line per instruction: for golden tests and `hmm ops`. */

import type { Expr, Instruction, Proc, Program, ScalarType, StateExpr, Thread } from './program.ts';
import { successors } from './successors.ts';

/** What to print; everything by default. */
export interface FormatOptions {
  /** Only these procs, by name. */
  readonly procs?: readonly string[];
}

/**
 * Prints a Program. A `*` marks borders, where a transition may begin. The text is for people and
 * golden files: nothing parses it.
 */
export function formatProgram(program: Program, options: FormatOptions = {}): string {
  const { procs: wanted } = options;
  const chosen = program.procs.filter((proc) => wanted === undefined || wanted.includes(proc.name));
  const lines = wanted === undefined ? worldLines(program) : [];
  return `${[...lines, ...chosen.flatMap((proc) => procLines(proc, program))].join('\n')}\n`;
}

function worldLines(program: Program): string[] {
  const params = program.params.map(({ name, value }) => `${name}=${value}`);
  const structs = program.structs.map(
    ({ name, cells }) => `struct ${name} { ${cells.map((cell) => cell.name).join(' ')} }`,
  );
  const objects = program.objects.map(({ name, type, initial }) => {
    const kind =
      type.kind === 'struct'
        ? `struct ${program.structs[type.struct]?.name ?? '?'}`
        : type.cell.kind;
    return `object ${name}: ${kind}${initial.map(({ value }) => ` = ${value}`).join('')}`;
  });
  const pools = program.pools.map(
    ({ name, capacity, lifetime }) => `pool ${name}: ${capacity} ${lifetime}`,
  );
  const tables = program.opsTables.map(({ name, procs }) => {
    const entries = procs.map((proc) => (proc === null ? 'NULL' : procName(proc, program)));
    return `ops ${name} = { ${entries.join(', ')} }`;
  });
  const mirrors = program.mirrors.map(({ name, pageTable, pages }) => {
    const table = objectText(pageTable.object, pageTable.cell, program);
    return `mirror ${name} of ${table}, ${pages} pages`;
  });
  const counters = program.counters.map(
    ({ name, holders }) =>
      `counter ${name}${holders === null ? '' : ` held by ${holders.map(({ text }) => text).join(', ')}`}`,
  );
  const setup = program.setup === null ? [] : [`set-up runs ${procName(program.setup, program)}`];
  const threads = program.threads.map((thread) => threadLine(thread, program));
  return [
    [`program "${program.title}"`, ...params].join(' '),
    ...(program.profile === null ? [] : [`under ${program.profile}`]),
    ...structs,
    ...objects,
    ...pools,
    ...tables,
    ...mirrors,
    ...counters,
    ...setup,
    ...threads,
    ...program.invariants.map(({ condition }) => `invariant ${expr(condition, program, [])}`),
    ...program.expectations.map((expectation) => `expect ${expectationText(expectation, program)}`),
  ];
}

function threadLine({ name, kind, proc, args, observed }: Thread, program: Program): string {
  const locals = program.procs[proc]?.locals ?? [];
  const watched = observed.map((slot) => locals[slot]?.name ?? String(slot));
  const shown = watched.length === 0 ? '' : ` observed ${watched.join(' ')}`;
  return `${kind} ${name} runs ${procName(proc, program)}(${args.join(', ')})${shown}`;
}

function expectationText(expectation: Program['expectations'][number], program: Program): string {
  switch (expectation.kind) {
    case 'holds':
      return 'holds';
    case 'finding':
    case 'no-finding': {
      const { finding, on, in: thread, at } = expectation;
      const parts = [
        on === null ? '' : ` on ${on}`,
        thread === null ? '' : ` in ${thread}`,
        at === null ? '' : ` at ${at}`,
      ];
      return `${expectation.kind === 'finding' ? '' : 'no '}${finding}${parts.join('')}`;
    }
    case 'sometimes':
    case 'always':
    case 'never':
      return `${expectation.kind} ${expr(expectation.condition, program, [])}`;
    case 'eventually': {
      const { trigger, condition } = expectation;
      const wanted = expr(condition, program, []);
      return trigger === null
        ? `eventually ${wanted}`
        : `${expr(trigger.condition, program, [])} leads to ${wanted}`;
    }
  }
}

function procLines(proc: Proc, program: Program): string[] {
  const locals = proc.locals.map(({ name }, slot) =>
    name.startsWith('%') ? name : `${name}.${slot}`,
  );
  const jumps = ['jump', 'branch', 'await-any'];
  const targets = new Set(
    proc.code.flatMap((i, pc) => (jumps.includes(i.op) ? successors(i, pc) : [])),
  );
  const params = proc.locals
    .slice(0, proc.params)
    .map(({ name, type }) => `${scalarText(type, program)} ${name}`);
  const head = `${proc.origin === 'library' ? 'library ' : ''}proc ${proc.name}(${params.join(', ')})`;
  return [
    '',
    `${head}${proc.depth === 1 ? '' : ` depth ${proc.depth}`}`,
    ...proc.code.map((instruction, pc) => {
      const mark = `${targets.has(pc) ? '>' : ' '}${String(pc).padStart(3)} ${instruction.border ? '*' : ' '}`;
      return `${mark} ${instructionText(instruction, program, locals)}`;
    }),
  ];
}

function instructionText(
  instruction: Instruction,
  program: Program,
  locals: readonly string[],
): string {
  const text = (e: StateExpr): string => expr(e, program, locals);
  const list = (args: readonly Expr[]): string => args.map(text).join(', ');
  const to = (slot: number | null): string =>
    slot === null ? '' : `${locals[slot] ?? `%${slot}`} = `;
  switch (instruction.op) {
    case 'let':
      return `${to(instruction.to)}${text(instruction.value)}`;
    case 'load':
      return `${to(instruction.to)}load ${text(instruction.address)}`;
    case 'store':
      return `store ${text(instruction.address)} = ${text(instruction.value)}`;
    case 'primitive': {
      const wait =
        instruction.condition === undefined ? '' : ` until ${text(instruction.condition)}`;
      return `${to(instruction.to)}${instruction.name}(${list(instruction.args)})${wait}`;
    }
    case 'jump':
      return `${instruction.meant === true ? 'forever' : 'jump'} ${instruction.target}`;
    case 'branch':
      return `if ${text(instruction.test)} then ${instruction.then} else ${instruction.else}`;
    case 'call':
      return `${to(instruction.to)}call ${procName(instruction.proc, program)}(${list(instruction.args)})`;
    case 'call-ops':
      return `${to(instruction.to)}call slot ${instruction.slot} of ${text(instruction.table)}(${list(instruction.args)})`;
    case 'call-work':
      return `call function of ${text(instruction.work)}`;
    case 'return':
      return instruction.value === null ? 'return' : `return ${text(instruction.value)}`;
    case 'scope-begin':
      return `${to(instruction.to)}begin ${program.pools[instruction.pool]?.name ?? '?'}`;
    case 'scope-end':
      return `end ${locals[instruction.slot] ?? '?'}`;
    case 'alloc':
      return `${to(instruction.to)}alloc ${program.pools[instruction.pool]?.name ?? '?'}`;
    case 'free':
      return `free ${text(instruction.address)}`;
    case 'choose':
      return `${to(instruction.to)}choose ${instruction.from}..${instruction.upTo}`;
    case 'await':
      return instruction.condition === null ? 'atomic' : `await ${text(instruction.condition)}`;
    case 'await-any': {
      const ways = instruction.ways.map((way) => `${text(way.condition)} then ${way.target}`);
      return `await ${ways.join(' or ')}`;
    }
    case 'assert':
      return `${instruction.contract === true ? 'contract' : 'assert'} ${text(instruction.test)}`;
    case 'assume':
      return `assume ${text(instruction.test)}`;
  }
}

function expr(e: StateExpr, program: Program, locals: readonly string[]): string {
  const text = (inner: StateExpr): string => expr(inner, program, locals);
  switch (e.kind) {
    case 'const':
      return String(e.value);
    case 'local':
      return locals[e.slot] ?? `%${e.slot}`;
    case 'object':
      return `&${objectText(e.object, e.cell, program)}`;
    case 'unary':
      return `${e.op}${text(e.a)}`;
    case 'binary':
      return `(${text(e.a)} ${e.op} ${text(e.b)})`;
    case 'conditional':
      return `(${text(e.test)} ? ${text(e.then)} : ${text(e.else)})`;
    case 'field':
      return `${text(e.base)}${e.cells < 0 ? '' : '+'}${e.cells}`;
    case 'element':
      return `${text(e.base)}[${text(e.index)} of ${e.length}${e.stride === 1 ? '' : ` by ${e.stride}`}]`;
    case 'load':
      return e.address.kind === 'object'
        ? objectText(e.address.object, e.address.cell, program)
        : `*${text(e.address)}`;
    case 'thread-local':
      return threadLocalText(e.thread, e.slot, program);
    case 'finished':
      return `finished(${program.threads[e.thread]?.name ?? '?'})`;
    case 'inspect':
      return `${e.what}(${text(e.address)})`;
  }
}

function threadLocalText(index: number, slot: number, program: Program): string {
  const thread = program.threads[index];
  const local = program.procs[thread?.proc ?? -1]?.locals[slot];
  return `${thread?.name ?? '?'}.${local?.name ?? slot}`;
}

function objectText(index: number, cell: number, program: Program): string {
  const object = program.objects[index];
  if (object === undefined) return `object ${index}`;
  const field =
    object.type.kind === 'struct' ? program.structs[object.type.struct]?.cells[cell]?.name : '';
  return field === undefined || field === '' ? object.name : `${object.name}.${field}`;
}

function procName(index: number, program: Program): string {
  return program.procs[index]?.name ?? `proc ${index}`;
}

function scalarText(type: ScalarType, program: Program): string {
  switch (type.kind) {
    case 'seq':
      return type.counter ? 'seq counter' : 'seq';
    case 'enum':
      return program.enums[type.enum]?.name ?? 'enum';
    case 'ops':
      return program.opsInterfaces[type.ops]?.name ?? 'ops';
    case 'ref':
      return `${type.to.kind === 'struct' ? (program.structs[type.to.struct]?.name ?? 'struct') : type.to.kind === 'primitive' ? type.to.primitive : 'cell'} *`;
    case 'int':
    case 'bool':
    case 'errno':
    case 'pte':
      return type.kind;
  }
}
