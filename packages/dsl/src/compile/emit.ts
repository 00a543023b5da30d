// SPDX-License-Identifier: MIT
/**
 * Checked expressions to instructions. Operands are evaluated left to right; every read of memory and
 * every call is an instruction of its own whose result waits in a temporary, so that what remains is
 * an expression over constants and locals.
 */

import type { Expr, Span } from '@hmmlab/runtime/program';
import type { Place, Typed } from '../check/typed.ts';
import type { Type } from '../check/symbols.ts';
import { ERROR } from '../check/types.ts';
import type { Node } from '../syntax/ast.ts';
import type { Code, Label } from './code.ts';
import type { EmitContext, Emission } from './emission.ts';
import { refuseInAtomic } from './atomic-parts.ts';
import { quoted } from './quoted.ts';
import { noteCopy, noteCounter } from './sequences.ts';
import { isSimple } from './simple.ts';
import { emitChoice } from './choice.ts';
import { emitWait } from './wait.ts';

export class Emitter implements Emission {
  readonly context: EmitContext;
  readonly code: Code;

  constructor(context: EmitContext) {
    this.context = context;
    this.code = context.code;
  }

  span(node: Node): Span {
    return this.context.numbering.span(this.context.env.source, node);
  }

  temporary(type: Type): number {
    return this.code.temporary(this.context.numbering.scalar(type));
  }

  /**
   * The value of an expression, after emitting what it takes to get it.
   *
   * @param to local that shall receive the result of a final load or call, to save a temporary
   */
  value(typed: Typed, to: number | null = null): Expr {
    const { code } = this;
    switch (typed.kind) {
      case 'const':
        return { kind: 'const', value: typed.value };
      case 'local':
        return { kind: 'local', slot: typed.slot };
      case 'read': {
        const slot = to ?? this.temporary(typed.type);
        const address = this.address(typed.place);
        code.emit({ op: 'load', to: slot, address }, this.span(typed.node), {
          border: true,
          identity: typed.place.identity,
          marked: typed.marked === true,
        });
        return { kind: 'local', slot };
      }
      case 'address':
        if (isPlain(typed.place.type)) code.exposed.add(typed.place.identity);
        return this.address(typed.place);
      case 'unary':
        return { kind: 'unary', op: typed.op, a: this.value(typed.a) };
      case 'binary':
        return this.#binary(typed);
      case 'conditional':
        return this.#conditional(typed);
      case 'container':
        return { kind: 'field', base: this.value(typed.of), cells: typed.cells };
      case 'table':
        return { kind: 'const', value: 1 + this.context.numbering.tables.number(typed.table) };
      case 'function':
        return { kind: 'const', value: this.context.numbering.workFunction(typed.proc) };
      default:
        return this.#effect(typed, to);
    }
  }

  /** Address of a place. */
  address(place: Place): Expr {
    switch (place.kind) {
      case 'object':
        return { kind: 'object', object: place.object.first + place.index, cell: 0 };
      case 'target':
        return this.value(place.pointer);
      case 'member': {
        const base = this.address(place.of);
        if (base.kind === 'object') return { ...base, cell: base.cell + place.field.offset };
        if (base.kind === 'field' && place.of.kind === 'member')
          return { ...base, cells: base.cells + place.field.offset };
        return { kind: 'field', base, cells: place.field.offset };
      }
      case 'element': {
        const base = this.address(place.of);
        const index = this.value(place.index);
        const { stride, length } = place;
        if (index.kind === 'const' && base.kind === 'object')
          return { ...base, cell: base.cell + index.value * stride };
        if (index.kind === 'const' && base.kind === 'field')
          return { ...base, cells: base.cells + index.value * stride };
        return { kind: 'element', base, index, stride, length };
      }
    }
  }

  /** Jumps to `then` or `otherwise`; `&&`, `||` and `!` become control flow where their sides act. */
  condition(typed: Typed, then: Label, otherwise: Label): void {
    const { code } = this;
    const span = this.span(typed.node);
    if (typed.kind === 'const') {
      code.jump(typed.value === 0 ? otherwise : then, span);
      return;
    }
    if (typed.kind === 'unary' && typed.op === '!' && !isSimple(typed)) {
      this.condition(typed.a, otherwise, then);
      return;
    }
    if (typed.kind === 'binary' && (typed.op === '&&' || typed.op === '||') && !isSimple(typed.b)) {
      const middle = code.label();
      if (typed.op === '&&') this.condition(typed.a, middle, otherwise);
      else this.condition(typed.a, then, middle);
      code.bind(middle);
      this.condition(typed.b, then, otherwise);
      return;
    }
    code.branch(this.value(typed), then, otherwise, span);
  }

  #binary(typed: Extract<Typed, { kind: 'binary' }>): Expr {
    const lazy = (typed.op === '&&' || typed.op === '||') && !isSimple(typed.b);
    if (lazy) return this.#decided(typed);
    noteCounter(typed, this.context.numbering);
    const a = this.value(typed.a, this.#ofCounter(typed));
    const b = this.value(typed.b);
    return { kind: 'binary', op: typed.op, a, b };
  }

  /** Where the counter waits of which the value before is wanted: it may be long gone when that is worked out. */
  #ofCounter({ type }: Typed): number | null {
    return type.kind === 'seq' ? this.code.temporary({ kind: 'seq', counter: true }) : null;
  }

  /** A truth value that control flow decides, in a temporary. */
  #decided(typed: Typed): Expr {
    const { code } = this;
    const span = this.span(typed.node);
    const slot = this.temporary({ kind: 'bool' });
    const [yes, no, end] = [code.label(), code.label(), code.label()];
    this.condition(typed, yes, no);
    code.bind(yes);
    code.emit({ op: 'let', to: slot, value: { kind: 'const', value: 1 } }, span);
    code.join(end, span);
    code.bind(no);
    code.emit({ op: 'let', to: slot, value: { kind: 'const', value: 0 } }, span);
    code.bind(end);
    return { kind: 'local', slot };
  }

  #conditional(typed: Extract<Typed, { kind: 'conditional' }>): Expr {
    const { code } = this;
    if (isSimple(typed.then) && isSimple(typed.else)) {
      const test = this.value(typed.test);
      return {
        kind: 'conditional',
        test,
        then: this.value(typed.then),
        else: this.value(typed.else),
      };
    }
    const slot = this.temporary(typed.type);
    const [then, otherwise, end] = [code.label(), code.label(), code.label()];
    this.condition(typed.test, then, otherwise);
    code.bind(then);
    code.emit({ op: 'let', to: slot, value: this.value(typed.then) }, this.span(typed.then.node));
    code.join(end, this.span(typed.node));
    code.bind(otherwise);
    code.emit({ op: 'let', to: slot, value: this.value(typed.else) }, this.span(typed.else.node));
    code.bind(end);
    return { kind: 'local', slot };
  }

  #effect(typed: Typed, to: number | null): Expr {
    const { code } = this;
    if (code.region !== null) refuseInAtomic(typed, this.context.env);
    const { numbering } = this.context;
    const span = this.span(typed.node);
    const result = (): number | null =>
      typed.type.kind === 'void' || typed.type === ERROR
        ? null
        : (to ?? this.temporary(typed.type));
    switch (typed.kind) {
      case 'call': {
        const args = this.#arguments(typed.args, typed.order);
        const slot = result();
        code.emit({ op: 'call', proc: numbering.procs.number(typed.proc), args, to: slot }, span);
        return local(slot);
      }
      case 'call-ops': {
        const table = this.value(typed.table);
        const args = this.#arguments(typed.args, typed.order);
        const slot = result();
        const ops = numbering.ops.number(typed.ops);
        code.emit({ op: 'call-ops', table, ops, slot: typed.slot, args, to: slot }, span);
        return local(slot);
      }
      case 'primitive': {
        const args = typed.args.map((arg) => this.value(arg));
        const slot = result();
        const [on] = typed.args;
        code.emit({ op: 'primitive', name: typed.row.name, args, to: slot }, span, {
          border: typed.row.visible,
          identity: on?.kind === 'address' ? on.place.identity : null,
        });
        return local(slot);
      }
      case 'wait':
        return emitWait(typed, this);
      case 'alloc': {
        const slot = to ?? this.temporary(typed.type);
        code.emit({ op: 'alloc', pool: this.context.heapPool(typed), to: slot }, span, {
          border: true,
        });
        return local(slot);
      }
      case 'choose': {
        const slot = to ?? this.temporary(typed.type);
        const { from, upTo } = typed;
        code.emit({ op: 'choose', to: slot, from, upTo }, span, { border: true });
        return local(slot);
      }
      case 'choose-of':
        return emitChoice(typed, to, this);
      case 'free': {
        const address = this.value(typed.pointer);
        code.emit({ op: 'free', address }, span, { border: true });
        return local(null);
      }
      case 'assert': {
        const inner = typed.test.kind === 'unary' && typed.test.op === '!' ? typed.test.a : null;
        const doubled = typed.negated && inner !== null;
        const test = this.value(doubled ? inner : typed.test);
        const text = typed.contract ?? quoted(this.context.env.source, typed.node);
        const rule = typed.contract === null ? {} : { contract: true as const };
        const checked: Expr =
          typed.negated && !doubled ? { kind: 'unary', op: '!', a: test } : test;
        code.emit({ op: 'assert', test: checked, text, ...rule }, span);
        return local(null);
      }
      case 'print':
        for (const value of typed.values) this.value(value);
        return local(null);
      case 'store': {
        noteCopy(typed.place, typed.node, this.context);
        const address = this.address(typed.place);
        const value = this.value(typed.value);
        code.emit({ op: 'store', address, value }, span, {
          border: true,
          identity: typed.place.identity,
          marked: true,
        });
        return local(null);
      }
      // What is left has no value in code, and is reported by the checks.
      default:
        return local(null);
    }
  }

  #arguments(args: readonly Typed[], order: readonly number[]): readonly Expr[] {
    const values = new Map<number, readonly Expr[]>();
    for (const index of order) {
      const arg = args[index];
      if (arg !== undefined) values.set(index, this.#argument(arg));
    }
    return args.flatMap((_, index) => values.get(index) ?? []);
  }

  /** One value, or the four of `pages`: vma, mm, start, end. */
  #argument(arg: Typed): readonly Expr[] {
    if (arg.kind !== 'pages') return [this.value(arg)];
    return [arg.vma, arg.mm, arg.start, arg.end].map((part) => this.value(part));
  }
}

function local(slot: number | null): Expr {
  return slot === null ? { kind: 'const', value: 0 } : { kind: 'local', slot };
}

function isPlain(type: Type): boolean {
  return type.kind !== 'struct' && type.kind !== 'primitive';
}
