// SPDX-License-Identifier: MIT
/** Expressions with names resolved and kinds checked: what `check` hands to `compile`. */

import type { BinaryOperator, Inspection, OpRow, UnaryOperator } from '@hmmlab/runtime/program';
import type { Expr, Node } from '../syntax/ast.ts';
import type { OtherProfile } from './other-profile.ts';
import type { Problems } from './problems.ts';
import type { Source } from '../load/source.ts';
import type {
  FieldInfo,
  ObjectInfo,
  OpsInfo,
  ProcInfo,
  Scope,
  StructInfo,
  TableInfo,
  ThreadInfo,
  Type,
} from './symbols.ts';

interface Common {
  readonly node: Node;
  readonly type: Type;
}

export type Typed = Common &
  (
    | { readonly kind: 'const'; readonly value: number; readonly text: string | null }
    | { readonly kind: 'local'; readonly slot: number }
    | {
        readonly kind: 'thread-local';
        readonly thread: ThreadInfo;
        readonly index: number;
        readonly slot: number;
      }
    | { readonly kind: 'finished'; readonly thread: ThreadInfo; readonly index: number }
    /** The value of a plain cell. */
    | {
        readonly kind: 'read';
        readonly place: Place;
        /** By READ_ONCE. */
        readonly marked?: true;
      }
    /** A struct, primitive or array as such: an operand, never a value. */
    | { readonly kind: 'place'; readonly place: Place }
    | { readonly kind: 'address'; readonly place: Place }
    | PagesValue
    | { readonly kind: 'unary'; readonly op: UnaryOperator; readonly a: Typed }
    | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly a: Typed; readonly b: Typed }
    | {
        readonly kind: 'conditional';
        readonly test: Typed;
        readonly then: Typed;
        readonly else: Typed;
      }
    | {
        readonly kind: 'call';
        readonly proc: ProcInfo;
        readonly args: readonly Typed[];
        readonly order: readonly number[];
      }
    | {
        readonly kind: 'call-ops';
        readonly table: Typed;
        readonly ops: OpsInfo;
        readonly slot: number;
        readonly args: readonly Typed[];
        readonly order: readonly number[];
      }
    | { readonly kind: 'primitive'; readonly row: OpRow; readonly args: readonly Typed[] }
    /** A primitive cell read as a value; only in conditions over states. */
    | { readonly kind: 'inspect'; readonly what: Inspection; readonly cell: Typed }
    | {
        readonly kind: 'wait';
        readonly sort: WaitSort;
        readonly queue: Typed;
        readonly condition: Typed;
      }
    | { readonly kind: 'alloc'; readonly struct: StructInfo }
    /** Any value of a range. */
    | { readonly kind: 'choose'; readonly from: number; readonly upTo: number }
    /** Any one of these. */
    | {
        readonly kind: 'choose-of';
        readonly values: readonly Typed[];
        readonly texts: readonly string[];
      }
    /** `container_of`: an address some cells before another. */
    | { readonly kind: 'container'; readonly of: Typed; readonly cells: number }
    | { readonly kind: 'function'; readonly proc: ProcInfo }
    | { readonly kind: 'table'; readonly table: TableInfo }
    /** `assert(x)`, or with `negated` BUG_ON and WARN_ON; as a value it is false. Or a contract's words. */
    | {
        readonly kind: 'assert';
        readonly test: Typed;
        readonly negated: boolean;
        readonly contract: string | null;
      }
    /** WRITE_ONCE. */
    | { readonly kind: 'store'; readonly place: Place; readonly value: Typed }
    | { readonly kind: 'free'; readonly pointer: Typed }
    /** `pr_debug(...)`: what is printed is read, and nothing is printed. */
    | { readonly kind: 'print'; readonly values: readonly Typed[] }
    | { readonly kind: 'error' }
  );

export interface PagesValue {
  readonly kind: 'pages';
  readonly vma: Typed;
  readonly mm: Typed;
  readonly start: Typed;
  readonly end: Typed;
}

export type WaitSort = 'plain' | 'timeout' | 'interruptible' | 'killable';

/** A run of cells. */
export type Place = Common & {
  /** The declaration that all cells of this place share: who stores here, stores there. Null if unknown. */
  readonly identity: FieldInfo | ObjectInfo | null;
} & (
    | { readonly kind: 'object'; readonly object: ObjectInfo; readonly index: number }
    /** What a pointer points to; also a local struct. */
    | { readonly kind: 'target'; readonly pointer: Typed }
    | { readonly kind: 'member'; readonly of: Place; readonly field: FieldInfo }
    | {
        readonly kind: 'element';
        readonly of: Place;
        readonly index: Typed;
        readonly stride: number;
        readonly length: number;
      }
  );

/** A local name of a body. */
export type LocalSymbol =
  | {
      readonly kind: 'scalar';
      readonly name: string;
      readonly slot: number;
      readonly type: Type;
      readonly node: Node;
    }
  /** A local struct or primitive; its address is in the slot. */
  | { readonly kind: 'object'; readonly name: string; readonly slot: number; readonly type: Type }
  | { readonly kind: 'pages'; readonly name: string; readonly value: PagesValue & Common };

/** Where an expression stands. */
export interface Env {
  readonly source: Source;
  readonly scope: Scope;
  readonly problems: Problems;
  /** Looks a local up and notes that it is used. */
  local(name: string): LocalSymbol | null;
  /** Names that are reported as unknown already: each once in a body, functions as `name()`. */
  readonly unknown: Set<string>;
  /** Names of locals, for suggestions. */
  localNames(): readonly string[];
  /** Scenario code: a unique field name alone means that field. */
  readonly bareMembers: boolean;
  /** A condition over states: threads are visible, calls are not. */
  readonly overStates: boolean;
  readonly threads: ReadonlyMap<string, ThreadInfo>;
  /** Notes that a world object is used. */
  use(object: ObjectInfo): void;
  /** What to say of a name that other built-in profiles define; null if none does. */
  elsewhere(name: string): OtherProfile | null;
  /** The kind and place of an expression's value; reports what is wrong with it. */
  value(expr: Expr): Typed;
}
