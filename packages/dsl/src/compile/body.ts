// SPDX-License-Identifier: MIT
/** The body of one proc while it is compiled: its blocks, locals, loops and labels. */

import type { Expr, Span } from '@hmmlab/runtime/program';
import { expressionOf } from '../check/expression.ts';
import { didYouMean } from '../check/nearest.ts';
import type { At, Problems } from '../check/problems.ts';
import type {
  ObjectInfo,
  PrimitiveType,
  Scope,
  StructInfo,
  ThreadInfo,
  Type,
} from '../check/symbols.ts';
import type { Env, LocalSymbol, Typed } from '../check/typed.ts';
import type { Source } from '../load/source.ts';
import type { Expr as Syntax, Ident, Node } from '../syntax/ast.ts';
import type { Label, Patch } from './code.ts';
import { Code } from './code.ts';
import { Emitter } from './emit.ts';
import type { Numbering } from './numbering.ts';
import type { Orders } from './orders.ts';
import type { Usage } from './usage.ts';

/** What bodies share: the instance they are part of. */
export interface InstanceContext {
  readonly problems: Problems;
  readonly numbering: Numbering;
  readonly usage: Usage;
  readonly threads: ReadonlyMap<string, ThreadInfo>;
  /** Notes that a world object is used. */
  readonly use: (object: ObjectInfo) => void;
  /** What to say of a name that other built-in profiles define. */
  readonly elsewhere: Env['elsewhere'];
  /** Pool of a struct; null if the scenario has none. */
  heapPool(struct: StructInfo): number | null;
  /** Pool for one local struct declaration of `owner`. */
  scopePool(name: string, struct: StructInfo, span: Span, owner: object): number;
  /** The one-cell struct that stands for a local primitive. */
  standIn(type: PrimitiveType, at: At): StructInfo;
  /** What ordering constraints make of labels. */
  readonly orders: Orders;
  /** Statements marked `unreached`. */
  unreached(span: Span, reason: string): void;
}

/** A local struct that is alive. */
export interface LiveObject {
  readonly name: string;
  readonly slot: number;
}

interface Block {
  readonly names: Map<string, LocalSymbol>;
  /** Number of live objects at its beginning. */
  readonly live: number;
}

export interface Loop {
  readonly breakTo: Label;
  readonly continueTo: Label;
  readonly live: number;
}

interface LabelInfo {
  readonly name: Ident;
  readonly label: Label;
  /** The atomic block it stands in, or null. */
  readonly region: number | null;
  readonly live: readonly LiveObject[];
}

interface PendingGoto {
  readonly target: Ident;
  readonly patch: Patch;
  readonly live: readonly LiveObject[];
}

/** How a body is compiled: whose it is and where its names are looked up. */
export interface BodyOptions {
  readonly owner: object;
  readonly name: string;
  readonly source: Source;
  readonly scope: Scope;
  readonly result: Type;
  readonly bareMembers: boolean;
  /** A replicated thread: its first local is its index. */
  readonly replicated?: boolean;
}

export class Body {
  readonly context: InstanceContext;
  readonly options: BodyOptions;
  readonly code: Code = new Code();
  readonly env: Env;
  readonly emit: Emitter;
  readonly loops: Loop[] = [];
  readonly live: LiveObject[] = [];
  /** Locals in order of declaration, for warnings. */
  readonly declared: { readonly symbol: LocalSymbol; readonly node: Ident }[] = [];
  readonly #blocks: Block[] = [];
  readonly #labels = new Map<string, LabelInfo>();
  readonly #gotos: PendingGoto[] = [];
  readonly #used = new Set<LocalSymbol>();
  /** Whether the statement before could be left: only the first dead statement is reported. */
  flowing = true;

  constructor(context: InstanceContext, options: BodyOptions) {
    this.context = context;
    this.options = options;
    const env: Env = {
      source: options.source,
      scope: options.scope,
      problems: context.problems,
      bareMembers: options.bareMembers,
      overStates: false,
      threads: context.threads,
      unknown: new Set(),
      local: (name) => this.#lookup(name),
      localNames: () => this.#blocks.flatMap((block) => [...block.names.keys()]),
      use: context.use,
      elsewhere: context.elsewhere,
      value: (expr) => expressionOf(expr, env),
    };
    this.env = env;
    const { numbering } = context;
    this.emit = new Emitter({
      code: this.code,
      numbering,
      env,
      heapPool: (alloc) => this.#heapPool(alloc),
    });
  }

  /** Whether the first local is the index of a replicated thread. */
  get isReplicated(): boolean {
    return this.options.replicated === true;
  }

  at(node: Node): At {
    return { source: this.options.source, node };
  }

  span(node: Node): Span {
    return this.emit.span(node);
  }

  /** Checks and evaluates; null after an error. */
  value(expr: Syntax, to: number | null = null): Expr | null {
    const typed = this.env.value(expr);
    return typed.type.kind === 'error' ? null : this.emit.value(typed, to);
  }

  // ------------------------------------------------------------- blocks and names

  enter(): void {
    this.#blocks.push({ names: new Map(), live: this.live.length });
  }

  /** Names of the block end, and its local structs die if control flow gets here. */
  leave(node: Node): void {
    const block = this.#blocks.pop();
    if (block === undefined) return;
    const end = { start: Math.max(node.start, node.end - 1), end: node.end };
    if (this.code.reachable) this.endScopes(block.live, this.span(end));
    this.live.length = block.live;
  }

  /** Names of the innermost block. */
  names(): ReadonlyMap<string, LocalSymbol> {
    return this.#blocks.at(-1)?.names ?? new Map<string, LocalSymbol>();
  }

  declare(symbol: LocalSymbol, name: Ident): void {
    const block = this.#blocks.at(-1);
    if (block?.names.has(symbol.name) === true)
      this.context.problems.error(
        'HMM2002',
        this.at(name),
        `\`${symbol.name}\` is already declared in this block`,
      );
    block?.names.set(symbol.name, symbol);
  }

  /** A scalar local with a slot of its own. */
  scalar(name: string, type: Type, node: Node): Extract<LocalSymbol, { kind: 'scalar' }> {
    const slot = this.code.local(name, this.context.numbering.scalar(type));
    return { kind: 'scalar', name, slot, type, node };
  }

  /** Ends the lifetimes of local structs down to `live` of them, youngest first. */
  endScopes(live: number, span: Span): void {
    for (const object of this.live.slice(live).toReversed())
      this.code.emit({ op: 'scope-end', slot: object.slot }, span, { border: true });
  }

  // ------------------------------------------------------------- labels

  defineLabel(name: Ident): void {
    const { problems } = this.context;
    const known = this.#labels.get(name.name);
    if (known !== undefined)
      problems.error('HMM2002', this.at(name), `there are two labels \`${name.name}\``);
    const label = this.code.label();
    this.code.bind(label, true);
    this.context.usage.declare(this.at(name), `no \`goto\` leads to \`${name.name}\``);
    this.#labels.set(name.name, { name, label, region: this.code.region, live: [...this.live] });
  }

  goto(target: Ident): void {
    this.#gotos.push({ target, patch: this.code.patch(), live: [...this.live] });
    this.code.leave();
  }

  /** Fills in the jumps: scopes that a goto leaves end, scopes it would enter are an error. */
  resolveGotos(): void {
    const { problems } = this.context;
    for (const { target, patch, live } of this.#gotos) {
      const label = this.#labels.get(target.name);
      if (label === undefined) {
        problems.error(
          'HMM2008',
          this.at(target),
          `there is no label \`${target.name}\` in ${this.options.name}`,
          didYouMean(target.name, this.#labels.keys()) ??
            `put \`${target.name}:\` before the statement to go on with`,
        );
        continue;
      }
      this.context.usage.use(label.name);
      const entered = label.live.find((object, i) => live[i] !== object);
      if (entered !== undefined) {
        const message = `this jumps past the declaration of \`${entered.name}\``;
        problems.error(
          'HMM2022',
          this.at(target),
          message,
          'declare it before the goto, or in a block of its own',
        );
        continue;
      }
      if (label.region !== null && label.region !== patch.region) {
        const message = `this jumps into an atomic block: \`${target.name}\` is inside it`;
        const help = 'an atomic block begins at its beginning: put the label before it';
        problems.error('HMM2021', this.at(target), message, help);
        continue;
      }
      const span = this.span(target);
      this.code.fill(patch, () => {
        for (const object of live.slice(label.live.length).toReversed())
          this.code.emit({ op: 'scope-end', slot: object.slot }, span, { border: true });
        this.code.jump(label.label, span);
      });
    }
  }

  #lookup(name: string): LocalSymbol | null {
    for (const block of this.#blocks.toReversed()) {
      const symbol = block.names.get(name);
      if (symbol === undefined) continue;
      this.#used.add(symbol);
      return symbol;
    }
    return null;
  }

  /** Whether a local was mentioned anywhere after its declaration. */
  isUsed(symbol: LocalSymbol): boolean {
    return this.#used.has(symbol);
  }

  #heapPool(alloc: Extract<Typed, { kind: 'alloc' }>): number {
    const pool = this.context.heapPool(alloc.struct);
    if (pool !== null) return pool;
    const message = `nothing says how many ${alloc.struct.name} can exist`;
    const help = `add \`pool struct ${alloc.struct.name}: 2\` to the scenario`;
    this.context.problems.error('HMM2025', this.at(alloc.node), message, help);
    return 0;
  }
}
