// SPDX-License-Identifier: MIT
/** Expressions of a Program in the words of the scenario. */

import type { Expr, Proc, Program } from './program.ts';

/** Prints the expressions of one proc. */
export class ExpressionText {
  readonly #program: Program;
  readonly #proc: Proc;

  constructor(program: Program, proc: Proc) {
    this.#program = program;
    this.#proc = proc;
  }

  /** The value: `ret < 0`, `&M.mmap_sem`. */
  value(expr: Expr): string {
    switch (expr.kind) {
      case 'const':
        return String(expr.value);
      case 'local':
        return this.local(expr.slot);
      case 'object':
      case 'field':
      case 'element':
        return `&${this.cell(expr)}`;
      case 'unary':
        return `${expr.op}${this.#operand(expr.a)}`;
      case 'binary':
        return `${this.#operand(expr.a)} ${expr.op} ${this.#operand(expr.b)}`;
      case 'conditional':
        return `${this.#operand(expr.test)} ? ${this.#operand(expr.then)} : ${this.#operand(expr.else)}`;
    }
  }

  /** What stands at an address: `M.mmap_sem`, `r->valid`, `pages[i]`. */
  cell(address: Expr): string {
    switch (address.kind) {
      case 'object':
        return this.#objectCell(address.object, address.cell);
      case 'field':
        return this.#field(address.base, address.cells);
      case 'element':
        return `${this.cell(address.base)}[${this.value(address.index)}]`;
      case 'const':
      case 'local':
      case 'unary':
      case 'binary':
      case 'conditional':
        return `*${this.#operand(address)}`;
    }
  }

  /** Name of a local; temporaries of the compiler may have none. */
  local(slot: number): string {
    const name = this.#proc.locals[slot]?.name ?? '';
    return name === '' ? `t${slot}` : name;
  }

  #operand(expr: Expr): string {
    const text = this.value(expr);
    return expr.kind === 'binary' || expr.kind === 'conditional' ? `(${text})` : text;
  }

  #objectCell(index: number, cell: number): string {
    const object = this.#program.objects[index];
    if (object === undefined) return `object ${index}`;
    if (object.type.kind === 'cell') return object.name;
    return `${object.name}.${this.#cellName(object.type.struct, cell)}`;
  }

  #field(base: Expr, cells: number): string {
    const type = base.kind === 'local' ? this.#proc.locals[base.slot]?.type : undefined;
    if (type?.kind === 'ref' && type.to.kind === 'struct' && cells >= 0)
      return `${this.value(base)}->${this.#cellName(type.to.struct, cells)}`;
    if (base.kind === 'object') return this.#objectCell(base.object, base.cell + cells);
    return `*(${this.value(base)} ${cells < 0 ? '-' : '+'} ${Math.abs(cells)})`;
  }

  #cellName(struct: number, cell: number): string {
    return this.#program.structs[struct]?.cells[cell]?.name ?? `cell ${cell}`;
  }
}
