// SPDX-License-Identifier: MIT
/**
 * The text of one transition: statements of a `d_step`, with labels inside it. A finding sets `failed`
 * and goes to the end, where everything is put back as it was and the finding is reported.
 */

import type { Check } from './expressions.ts';
import { constantOf, number } from './expressions.ts';
import type { CellType, Program, ScalarType } from '@hmmlab/runtime/program';
import type { Frame } from './frames.ts';
import { findingNumber } from './findings.ts';
import { tidy } from './tidy.ts';
import { Untranslatable } from './untranslatable.ts';

/** A local loop that goes round more often than any honest one never ends. */
const MOST_ROUNDS = 100_000;

/** Gives labels that no other transition of the model has. */
export class Labels {
  #next = 0;

  fresh(): string {
    this.#next += 1;
    return `L${this.#next}`;
  }
}

export class Body {
  readonly program: Program;
  readonly #labels: Labels;
  readonly #lines: string[] = [];
  readonly #fail: string;
  #fails = false;
  #goesBack = false;
  /** Locals written so far, as `frame slot`. */
  readonly written: Set<string> = new Set();

  constructor(program: Program, labels: Labels) {
    this.program = program;
    this.#labels = labels;
    this.#fail = labels.fresh();
  }

  /** Whether some way through it is a finding. */
  get mayFail(): boolean {
    return this.#fails;
  }

  say(...statements: readonly string[]): void {
    this.#lines.push(...statements);
  }

  fresh(): string {
    return this.#labels.fresh();
  }

  label(label: string): void {
    this.#lines.push(`${label}:`);
  }

  goto(label: string): void {
    this.#lines.push(`goto ${label}`);
  }

  /** Ends the transition with a finding. */
  fail(finding: string): void {
    this.#fails = true;
    this.say(`failed = ${findingNumber(finding)}`);
    this.goto(this.#fail);
  }

  failIf({ bad, finding }: Check): void {
    this.#fails = true;
    const found = `failed = ${findingNumber(finding)}; goto ${this.#fail}`;
    this.say(`if :: (${bad}) -> ${found} :: else fi`);
  }

  failIfAny(checks: readonly Check[]): void {
    for (const check of checks) this.failIf(check);
  }

  /** Counts a jump backwards. */
  goBack(label: string): void {
    this.#goesBack = true;
    this.say('rounds++');
    this.failIf({ bad: `rounds > ${MOST_ROUNDS}`, finding: 'local_divergence' });
    this.goto(label);
  }

  when(condition: string, then: readonly string[]): void {
    if (then.length > 0) this.say(`if :: (${condition}) -> ${then.join('; ')} :: else fi`);
  }

  /**
   * Makes `value` what a place of this type may hold; the result may be used once.
   *
   * @param from type of the place that `value` was read from, if it was
   */
  fit(type: ScalarType, value: string, from: CellType | null = null): string {
    const range = rangeOf(type, this.program);
    if (from !== null && isWithin(from, range, this.program)) return value;
    const known = constantOf(value);
    if (type.kind === 'bool')
      return known === null ? `(${value} != 0)` : number(known === 0 ? 0 : 1);
    if (range === null) return value;
    const [min, max] = range;
    if (known !== null && known >= min && known <= max) return value;
    this.say(`val = ${value}`);
    this.failIf({
      bad: `val < ${number(min)} || val > ${number(max)}`,
      finding: 'integer_out_of_range',
    });
    return 'val';
  }

  setLocal(frame: Frame, slot: number, value: string, from: CellType | null = null): void {
    const local = frame.proc.locals[slot];
    if (local === undefined) throw new Error(`no local ${slot}`);
    this.written.add(`${frame.number} ${slot}`);
    this.say(`${localName(frame, slot)} = ${this.fit(local.type, value, from)}`);
  }

  /** The whole `d_step`. `onFinding` is the macro that a finding ends with. */
  toText(guard: string, onFinding: 'FAIL' | 'UNDO'): string {
    const before = [...(this.#fails ? ['SAVE'] : []), ...(this.#goesBack ? ['rounds = 0'] : [])];
    const end = this.#labels.fresh();
    const after = this.#fails ? [`goto ${end}`, `${this.#fail}:`, onFinding, `${end}:`] : [];
    const lines = tidy([...before, ...this.#lines, ...after]);
    return `d_step { ${[guard, ...lines].join(';\n    ')} }`;
  }
}

export const localName = (frame: Frame, slot: number): string =>
  `${frame.inSetUp ? 'ls' : `l${frame.thread}`}[${frame.base + slot}]`;

/** Bounds of what a place of this type may hold; null for none. */
export function rangeOf(
  type: ScalarType,
  { enums }: Program,
): readonly [min: number, max: number] | null {
  switch (type.kind) {
    case 'int':
      return [type.min, type.max];
    case 'errno':
      return [-4095, 4095];
    case 'enum':
      return [0, (enums[type.enum]?.members.length ?? 0) - 1];
    case 'bool':
      return [0, 1];
    case 'ref':
    case 'pte':
    case 'ops':
      return null;
    case 'seq':
      throw new Untranslatable('seq');
  }
}

/** Whether everything that a place of type `from` may hold is in the range. */
function isWithin(
  from: CellType,
  range: readonly [min: number, max: number] | null,
  program: Program,
): boolean {
  if (range === null) return true;
  const source = isScalar(from) ? rangeOf(from, program) : null;
  return source !== null && source[0] >= range[0] && source[1] <= range[1];
}

const isScalar = (type: CellType): type is ScalarType =>
  ['int', 'bool', 'enum', 'errno', 'ref', 'pte', 'ops'].includes(type.kind);
