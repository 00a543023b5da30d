// SPDX-License-Identifier: MIT
/**
 * Expressions as Promela text, and the findings that evaluating them can raise, in order of evaluation:
 * Promela has none of them, so each is tested before the expression is used.
 */

import type {
  BinaryOperator,
  CellType,
  Expr,
  Program,
  StateExpr,
  UnaryOperator,
} from '@hmmlab/runtime/program';
import type { Memory } from './memory.ts';
import { Untranslatable } from './untranslatable.ts';

/** `bad` is a Promela condition over the state before. */
export interface Check {
  readonly bad: string;
  readonly finding: string;
}

/** What the text of an expression needs to know. */
export interface ExpressionScope {
  readonly program: Program;
  readonly memory: Memory;
  /** The variable of a local of the frame. */
  readonly local: (slot: number) => string;
  /** The variable of a top-level local of another thread; only in final conditions. */
  readonly threadLocal?: (thread: number, slot: number) => string;
  readonly typeOfLocal?: (slot: number) => CellType;
}

export interface Printed {
  readonly text: string;
  readonly checks: readonly Check[];
}

const isNumber = (text: string): boolean => /^\d+$|^\(-\d+\)$/.test(text);
/** The least of all numbers is not its digits with a sign: SPIN reads those as too large a number first. */
export const number = (value: number): string => {
  if (value === -(2 ** 31)) return '(-2147483647 - 1)';
  return value < 0 ? `(${value})` : `${value}`;
};

/** The value of a printed constant, or null. */
export const constantOf = (text: string): number | null =>
  isNumber(text) ? Number(text.replaceAll(/[()]/g, '')) : null;

const plain = (text: string): Printed => ({ text, checks: [] });

const when = (condition: string, checks: readonly Check[]): readonly Check[] =>
  checks.map(({ bad, finding }) => ({ bad: `(${condition}) && (${bad})`, finding }));

export function printExpr(expr: Expr | StateExpr, scope: ExpressionScope, lazy = false): Printed {
  const print = (e: Expr | StateExpr): Printed => printExpr(e, scope, lazy);
  switch (expr.kind) {
    case 'const':
      return plain(number(expr.value));
    case 'object':
      return plain(number((scope.memory.objects[expr.object] ?? 0) + expr.cell));
    case 'local':
      return plain(scope.local(expr.slot));
    case 'thread-local':
      if (scope.threadLocal === undefined) throw new Untranslatable('a local of another thread');
      return plain(scope.threadLocal(expr.thread, expr.slot));
    case 'finished':
      return plain(`(at[${expr.thread}] == 0)`);
    case 'unary':
      return printUnary(expr.op, print(expr.a));
    case 'binary':
      return printBinary(expr.op, print(expr.a), print(expr.b), lazy);
    case 'conditional': {
      const [test, then, otherwise] = [print(expr.test), print(expr.then), print(expr.else)];
      return {
        text: `(${test.text} != 0 -> ${then.text} : ${otherwise.text})`,
        checks: [
          ...test.checks,
          ...when(`${test.text} != 0`, then.checks),
          ...when(`${test.text} == 0`, otherwise.checks),
        ],
      };
    }
    case 'field':
      return printField(print(expr.base), expr.cells);
    case 'element':
      return printElement(print(expr.base), print(expr.index), expr);
    case 'load': {
      const address = print(expr.address);
      const checks = [...address.checks, ...accessChecks(address.text, scope.memory)];
      return { text: `m[${address.text}]`, checks };
    }
    case 'inspect':
      return printInspection(expr, scope);
  }
}

function printUnary(op: UnaryOperator, { text, checks }: Printed): Printed {
  if (op === '!') return { text: `(${text} == 0)`, checks };
  return { text: op === '-' ? `(0 - ${text})` : `(~ ${text})`, checks };
}

function printBinary(op: BinaryOperator, a: Printed, b: Printed, lazy: boolean): Printed {
  const decided = op === '&&' ? `${a.text} != 0` : `${a.text} == 0`;
  const logical = op === '&&' || op === '||';
  const later = lazy && logical ? when(decided, b.checks) : b.checks;
  const zero = { bad: `${b.text} == 0`, finding: 'division_by_zero' };
  const checks = [...a.checks, ...later, ...(op === '/' || op === '%' ? [zero] : [])];
  if (logical) return { text: `((${a.text} != 0) ${op} (${b.text} != 0))`, checks };
  const [x, y] = [constantOf(a.text), constantOf(b.text)];
  if (x !== null && y !== null && (op === '+' || op === '-'))
    return { text: number(op === '+' ? x + y : x - y), checks };
  return { text: `(${a.text} ${op} ${b.text})`, checks };
}

function printField(base: Printed, cells: number): Printed {
  if (cells < 0) throw new Untranslatable('container_of');
  return displace(base, number(cells));
}

function printElement(
  base: Printed,
  index: Printed,
  { stride, length }: { readonly stride: number; readonly length: number },
): Printed {
  const at = constantOf(index.text);
  const outside = `${index.text} < 0 || ${index.text} >= ${length}`;
  const inside = at !== null && at >= 0 && at < length;
  const range = inside ? [] : [{ bad: outside, finding: 'index_out_of_range' }];
  const offset = at === null ? `(${index.text} * ${stride})` : number(at * stride);
  const moved = displace({ text: base.text, checks: [] }, offset);
  return {
    text: moved.text,
    checks: [...base.checks, ...index.checks, ...range, ...moved.checks],
  };
}

/** `base + offset`; a NULL base is the finding that following it would be. */
function displace({ text, checks }: Printed, offset: string): Printed {
  const base = constantOf(text);
  const by = constantOf(offset);
  if (base !== null && base !== 0)
    return { text: by === null ? `(${base} + ${offset})` : number(base + by), checks };
  const nil = { bad: `${text} == 0`, finding: 'null_dereference' };
  return { text: by === 0 ? text : `(${text} + ${offset})`, checks: [...checks, nil] };
}

/** What an access through an address can raise. */
export function accessChecks(address: string, { cells, pools }: Memory): readonly Check[] {
  const known = constantOf(address);
  if (known !== null && known !== 0 && cells[known]?.slot === null) return [];
  const gone = pools.map(({ slot, capacity, base, size }) => {
    const end = base + capacity * size;
    const place = `st[${slot} + (${address} - ${base}) / ${size}]`;
    return {
      bad: `${address} >= ${base} && ${address} < ${end} && ${place} != 1`,
      finding: 'use_after_free',
    };
  });
  return [{ bad: `${address} == 0`, finding: 'null_dereference' }, ...gone];
}

function printInspection(
  { what, address }: Extract<StateExpr, { kind: 'inspect' }>,
  scope: ExpressionScope,
): Printed {
  const { text, checks } = printExpr(address, scope, true);
  const at = constantOf(text);
  const kind = scope.memory.cells[at ?? 0]?.type.kind;
  if (at === null || at === 0) throw new Untranslatable(`${what} of an object known by reference`);
  if (kind === 'kref') return { text: `m[${at}]`, checks };
  const k = scope.memory.compounds.indexOf(at);
  if (what === 'waiters' || kind === 'wait_queue' || kind === 'list')
    return { text: `len(q[${k}])`, checks };
  if (kind === 'completion') return { text: `own[${k}]`, checks };
  const write = `(own[${k}] != 0)`;
  if (kind !== 'rwsem') return { text: write, checks };
  const read = `(${readersOf(k, scope.program)} > 0)`;
  if (what === 'is_read_locked') return { text: read, checks };
  return { text: what === 'is_write_locked' ? write : `(${read} || ${write})`, checks };
}

/** Read holds of an rwsem: one count for each thread, and one for those that no thread owns. */
export function readersOf(k: number | string, { threads }: Program): string {
  const counts = [...threads.keys(), threads.length].map((t) => holds(k, t, threads.length));
  return `(${counts.join(' + ')})`;
}

/** The count of read holds of one thread; `k` may be the text of the lock's number. */
export function holds(k: number | string, thread: number, threads: number): string {
  const known = constantOf(`${k}`);
  if (known !== null) return `rd[${known * (threads + 1) + thread}]`;
  return `rd[${k} * ${threads + 1} + ${thread}]`;
}
