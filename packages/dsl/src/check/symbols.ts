// SPDX-License-Identifier: MIT
/**
 * What names and types stand for, after resolution. These refer to each other, so they stand together.
 * There is one set per instance: sizes depend on its parameters.
 */

import type { PrimitiveCellKind } from '@hmmlab/runtime/program';
import type {
  ConstDef,
  EnumDef,
  Holder,
  Ident,
  Node,
  OpsDef,
  OpsTableDef,
  Param,
  ProcDef,
  StructDef,
  ThreadDef,
  VerbDef,
  WorldDef,
} from '../syntax/ast.ts';
import type { At } from './problems.ts';

export interface IntType {
  readonly kind: 'int';
  readonly min: number;
  readonly max: number;
}

/** A cell that only primitives touch. */
export interface PrimitiveType {
  readonly kind: 'primitive';
  readonly primitive: PrimitiveCellKind;
  /** Element struct of a list. */
  readonly of: StructInfo | null;
  /** Bound of a kref, frames of a frame list; 0 otherwise. */
  readonly bound: number;
}

export interface StructPlaceType {
  readonly kind: 'struct';
  readonly struct: StructInfo;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly of: Type;
  readonly length: number;
}

export interface PointerType {
  readonly kind: 'pointer';
  /** A struct, a primitive cell, or (for `&x` given to atomics) a scalar cell. */
  readonly to: Type;
}

export type Type =
  | IntType
  | { readonly kind: 'bool' }
  | { readonly kind: 'errno' }
  | { readonly kind: 'pte' }
  | { readonly kind: 'seq' }
  | { readonly kind: 'enum'; readonly enum: EnumInfo }
  | { readonly kind: 'ops'; readonly ops: OpsInfo }
  | PointerType
  | { readonly kind: 'null' }
  | StructPlaceType
  | PrimitiveType
  | ArrayType
  /** `heap[0..2)`: a stretch of a vma, only as an argument. */
  | { readonly kind: 'pages' }
  | { readonly kind: 'string' }
  /** A function's name. */
  | { readonly kind: 'proc' }
  | { readonly kind: 'void' }
  /** Of an expression that is already reported: silent afterwards. */
  | { readonly kind: 'error' };

// ---------------------------------------------------------------- names

/** Where a name is declared: code sees its own level and those before it. */
export type Level = 'builtin' | 'core' | 'driver' | 'file' | 'scenario';

/** One level of names, and through it those before. Lookups go outwards. */
export interface Scope {
  readonly level: Level;
  readonly types: Map<string, StructInfo | EnumInfo>;
  readonly ops: Map<string, OpsInfo>;
  readonly procs: Map<string, ProcInfo>;
  readonly values: Map<string, ValueSymbol>;
  /** By their words, joined with blanks. */
  readonly verbs: Map<string, ProcInfo>;
  /** First words of this level's verbs. */
  readonly verbWords: Set<string>;
  readonly hooks: Map<string, ProcInfo>;
  /** Names that a profile of this level took away from its base, and where. */
  readonly removed: Map<string, At>;
  type(name: string): StructInfo | EnumInfo | null;
  opsInterface(name: string): OpsInfo | null;
  proc(name: string): ProcInfo | null;
  value(name: string): ValueSymbol | null;
  verb(words: string): ProcInfo | null;
  /** Whether any verb begins with this word: most commands are calls of procs, and need not look further. */
  beginsVerb(word: string): boolean;
  hook(word: string): ProcInfo | null;
  /** This level and those before it, innermost first. */
  chain(): readonly Scope[];
}

interface Declared {
  readonly name: string;
  /** Where the name is written. */
  readonly at: At;
  readonly scope: Scope;
}

export interface EnumInfo extends Declared {
  readonly kind: 'enum';
  readonly def: EnumDef;
  readonly members: readonly string[];
}

export interface StructInfo extends Declared {
  readonly kind: 'struct';
  /** Null for the stand-in of a local primitive. */
  readonly def: StructDef | null;
  /** Filled when first asked for; see `struct-layout.ts`. */
  layout: StructLayout | 'in progress' | null;
}

export interface StructLayout {
  readonly size: number;
  readonly fields: ReadonlyMap<string, FieldInfo>;
}

export interface FieldInfo {
  readonly name: string;
  readonly type: Type;
  /** Cells from the start of the struct. */
  readonly offset: number;
  readonly size: number;
  readonly initial: Start;
  readonly at: At;
  readonly mirrors: readonly { readonly name: string; readonly node: Node }[] | null;
  readonly owed: { readonly name: string; readonly node: Node } | null;
  /** Way to the lock that guards it, from the struct on. */
  readonly guardedBy: readonly Ident[] | null;
  /** As written; see `compile/counters.ts`. */
  readonly heldBy: readonly Holder[] | null;
  /** Counter of the struct that this refers to, as written. */
  readonly holds: Ident | null;
}

/** Start value: a number, or something only the Program's numbering can say. */
export type Initial =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'proc'; readonly proc: ProcInfo }
  | { readonly kind: 'table'; readonly table: TableInfo };

/** Start values of a declaration: of its one cell or of each, or of an array element by element. */
export type Start = Initial | { readonly kind: 'elements'; readonly elements: readonly Initial[] };

export interface OpsInfo extends Declared {
  readonly kind: 'ops';
  readonly def: OpsDef;
  slots: readonly SlotInfo[] | null;
}

export interface SlotInfo {
  readonly name: string;
  readonly params: readonly ParamInfo[];
  readonly result: Type;
}

export interface TableInfo extends Declared {
  readonly kind: 'table';
  readonly def: OpsTableDef;
  ops: OpsInfo | null;
  /** Per slot of the interface; filled when first asked for. */
  procs: readonly (ProcInfo | null)[] | null;
}

export interface ParamInfo {
  readonly name: string;
  readonly type: Type;
  readonly node: Param;
}

/** A proc, verb, world hook or thread body: whatever becomes a Proc. */
export interface ProcInfo extends Declared {
  readonly kind: 'proc';
  readonly sort: 'proc' | 'verb' | 'hook';
  readonly def: ProcDef | VerbDef | WorldDef;
  readonly origin: 'scenario' | 'library';
  signature: Signature | null;
}

export interface Signature {
  readonly params: readonly ParamInfo[];
  readonly result: Type;
  readonly depth: number;
  /** It is an entry of a table or a work function, so others decide on its parameters. */
  callback: boolean;
}

/** `const NAME = value`. */
export interface NamedConstant extends Declared {
  readonly kind: 'named-constant';
  readonly def: ConstDef;
  /** Worked out when first asked for, see `constant.ts`; null once reported. */
  value: Pick<ConstantInfo, 'type' | 'value' | 'text'> | 'unknown' | 'in progress' | null;
}

export interface ConstantInfo {
  readonly kind: 'constant';
  readonly name: string;
  readonly type: Type;
  readonly value: number;
  /** Of a string parameter. */
  readonly text: string | null;
  /** Where a scenario parameter is declared. */
  readonly declared?: Node;
}

/** A world object; several consecutive ones for an array. */
export interface ObjectInfo {
  readonly kind: 'object';
  readonly name: string;
  readonly type: Type;
  /** Index of its first static object. */
  readonly first: number;
  /** Cells of one static object. */
  readonly size: number;
  readonly at: At;
  /** Of a vma. */
  readonly vma: VmaInfo | null;
}

export interface VmaInfo {
  readonly mm: ObjectInfo;
  /** Pages `[start, end)` of the mm. */
  readonly start: number;
  readonly end: number;
}

export type ValueSymbol = ConstantInfo | NamedConstant | ObjectInfo | TableInfo;

export interface ThreadInfo {
  readonly name: string;
  readonly def: ThreadDef;
  readonly at: At;
  /** Null for a single thread, else how many there are. */
  readonly count: number | null;
  /** False if its `if` switches it off in this instance. */
  readonly present: boolean;
  /** Index of its (first) thread in the Program; -1 if not present. */
  readonly first: number;
  /** Top-level locals, once its body is compiled. */
  locals: ReadonlyMap<string, ThreadLocal>;
  readonly observed: Set<number>;
}

export interface ThreadLocal {
  readonly slot: number;
  readonly type: Type;
  /** Its declaration. */
  readonly node: Node;
}
