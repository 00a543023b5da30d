// SPDX-License-Identifier: MIT
/** Builds the code of one proc: instructions in order, jumps to labels, locals and temporaries. */

import type { AwaitWay, Expr, InstructionBody, ScalarType, Span } from '@hmmlab/runtime/program';
import type { FieldInfo, ObjectInfo } from '../check/symbols.ts';

export type Label = number;

/** The declaration whose cells an instruction reads or writes. */
export type Identity = FieldInfo | ObjectInfo | null;

/** An instruction whose jump targets are still labels. */
export interface DraftInstruction {
  readonly body: InstructionBody;
  readonly span: Span;
  readonly border: boolean;
  /** Not the first instruction of a statement. */
  readonly implied: boolean;
  readonly meant: boolean;
  /** By READ_ONCE or WRITE_ONCE. */
  readonly marked: boolean;
  /** What a load reads or a store writes; null if unknown. */
  readonly identity: Identity;
}

type Item =
  | { readonly kind: 'instruction'; readonly draft: DraftInstruction }
  | { readonly kind: 'label'; readonly label: Label }
  | Patch;

/** A place in the code that is filled later. */
export interface Patch {
  readonly kind: 'patch';
  readonly items: Item[];
  /** The atomic block it stands in, or null. */
  readonly region: number | null;
  /** What is filled in begins a statement. */
  readonly begins: boolean;
}

export interface Local {
  readonly name: string;
  readonly type: ScalarType;
}

interface EmitOptions {
  readonly border?: boolean;
  readonly meant?: boolean;
  readonly marked?: boolean;
  readonly identity?: Identity;
}

export class Code {
  readonly locals: Local[] = [];
  /** Plain cells whose address is taken: stores through it cannot be followed. */
  readonly exposed: Set<Identity> = new Set();
  readonly #root: Item[] = [];
  #items: Item[] = this.#root;
  readonly #used = new Set<Label>();
  #labels = 0;
  #reachable = true;
  /** The next instruction is the first one of a statement. */
  #begins = false;
  #lastSpan: Span | null = null;
  #region: number | null = null;
  #regions = 0;

  /** Whether control flow can get to the next instruction. */
  get reachable(): boolean {
    return this.#reachable;
  }

  /** Span of the last instruction, or null. */
  get lastSpan(): Span | null {
    return this.#lastSpan;
  }

  /** Number of the outermost atomic block that is being emitted, or null. */
  get region(): number | null {
    return this.#region;
  }

  /** Emits the inside of an atomic block: nothing in it is a border. */
  atomically(emit: () => void): void {
    const before = this.#region;
    this.#region ??= this.#regions++;
    emit();
    this.#region = before;
  }

  local(name: string, type: ScalarType): number {
    this.locals.push({ name, type });
    return this.locals.length - 1;
  }

  /** A local without a name of the program: they are called `%0`, `%1`, ... */
  temporary(type: ScalarType): number {
    return this.local(`%${this.locals.length}`, type);
  }

  beginStatement(): void {
    this.#begins = true;
  }

  endStatement(): void {
    this.#begins = false;
  }

  emit(body: InstructionBody, span: Span, options: EmitOptions = {}): void {
    const { meant = false, marked = false, identity = null } = options;
    const border = (options.border ?? false) && this.#region === null;
    const implied = !this.#begins;
    this.#begins = false;
    const draft = { body, span, border, implied, meant, marked, identity };
    this.#items.push({ kind: 'instruction', draft });
    this.#lastSpan = span;
    if (body.op === 'return') this.#reachable = false;
  }

  label(): Label {
    return this.#labels++;
  }

  /** @param always the label can be reached although nothing has jumped to it yet: a loop's head, a goto's target */
  bind(label: Label, always = false): void {
    this.#items.push({ kind: 'label', label });
    if (always || this.#used.has(label)) this.#reachable = true;
  }

  /** A jump of the program's own: always there. */
  jump(label: Label, span: Span): void {
    this.#use(label);
    this.emit({ op: 'jump', target: label }, span);
    this.#reachable = false;
  }

  /** A jump that only joins control flow: left out where nothing gets to it. */
  join(label: Label, span: Span): void {
    if (this.#reachable) this.jump(label, span);
  }

  /** The head of a `forever` loop, which marks the step that passes it; no step of its own. */
  round(label: Label, span: Span): void {
    this.#use(label);
    this.emit({ op: 'jump', target: label }, span, { meant: true });
    this.#reachable = false;
  }

  branch(test: Expr, then: Label, otherwise: Label, span: Span): void {
    this.#use(then);
    this.#use(otherwise);
    this.emit({ op: 'branch', test, then, else: otherwise }, span);
    this.#reachable = false;
  }

  /** Goes on at the label of any way whose condition is true. */
  awaitAny(ways: readonly AwaitWay[], span: Span): void {
    for (const { target } of ways) this.#use(target);
    this.emit({ op: 'await-any', ways }, span, { border: true });
    this.#reachable = false;
  }

  patch(): Patch {
    const [region, begins] = [this.#region, this.#begins];
    const patch: Patch = { kind: 'patch', items: [], region, begins };
    this.#begins = false;
    this.#items.push(patch);
    return patch;
  }

  fill(patch: Patch, emit: () => void): void {
    const [items, reachable, lastSpan] = [this.#items, this.#reachable, this.#lastSpan];
    const region = this.#region;
    [this.#items, this.#region] = [patch.items, patch.region];
    this.#begins = patch.begins;
    emit();
    this.#region = region;
    [this.#items, this.#reachable, this.#lastSpan] = [items, reachable, lastSpan];
  }

  /** Marks that nothing falls through here although the jump is filled in later. */
  leave(): void {
    this.#reachable = false;
  }

  /** The last instruction is no jump and no return: control would fall off the end. */
  get open(): boolean {
    const last = flatten(this.#root).findLast(
      (item) => item.kind !== 'label' || this.#used.has(item.label),
    );
    if (last === undefined || last.kind === 'label') return true;
    return !['return', 'jump', 'branch'].includes(last.draft.body.op);
  }

  /** Labels become instruction numbers. */
  finish(): readonly DraftInstruction[] {
    const places = new Map<Label, number>();
    const drafts: DraftInstruction[] = [];
    for (const item of flatten(this.#root)) {
      if (item.kind === 'label') places.set(item.label, drafts.length);
      else drafts.push(item.draft);
    }
    const place = (label: Label): number => places.get(label) ?? 0;
    return drafts.map((draft) => {
      const body = resolved(draft.body, place);
      return body === draft.body ? draft : { ...draft, body };
    });
  }

  #use(label: Label): void {
    this.#used.add(label);
  }
}

type FlatItem = Exclude<Item, Patch>;

function flatten(items: readonly Item[], into: FlatItem[] = []): readonly FlatItem[] {
  for (const item of items)
    if (item.kind === 'patch') flatten(item.items, into);
    else into.push(item);
  return into;
}

function resolved(body: InstructionBody, place: (label: Label) => number): InstructionBody {
  if (body.op === 'jump') return { ...body, target: place(body.target) };
  if (body.op === 'await-any')
    return { ...body, ways: body.ways.map((way) => ({ ...way, target: place(way.target) })) };
  if (body.op === 'branch') return { ...body, then: place(body.then), else: place(body.else) };
  return body;
}
