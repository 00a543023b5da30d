// SPDX-License-Identifier: MIT
/** Numbers for everything a Program refers to by index, given out when first needed. */

import type { CellType, RefTarget, ScalarType, Span } from '@hmmlab/runtime/program';
import type { Source } from '../load/source.ts';
import type {
  EnumInfo,
  Initial,
  OpsInfo,
  ProcInfo,
  StructInfo,
  TableInfo,
  Type,
} from '../check/symbols.ts';
import { type At, placeOf } from '../check/problems.ts';
import type { Identity } from './code.ts';
import type { Node } from '../syntax/ast.ts';

/** Things in the order of their numbers. */
class Register<T> {
  readonly items: T[] = [];
  readonly #numbers = new Map<T, number>();

  number(item: T): number {
    const known = this.#numbers.get(item);
    if (known !== undefined) return known;
    const next = this.items.length;
    this.items.push(item);
    this.#numbers.set(item, next);
    return next;
  }
}

/** A proc that the compiler makes itself: set-up, threads, workers. */
export interface MadeProc {
  readonly kind: 'made';
  readonly name: string;
}

export class Numbering {
  readonly enums: Register<EnumInfo> = new Register();
  readonly structs: Register<StructInfo> = new Register();
  readonly ops: Register<OpsInfo> = new Register();
  readonly tables: Register<TableInfo> = new Register();
  readonly procs: Register<ProcInfo | MadeProc> = new Register();
  readonly files: Register<Source> = new Register();
  #last: {
    readonly source: Source;
    readonly start: number;
    readonly end: number;
    readonly span: Span;
  } | null = null;

  constructor(own: Source) {
    this.files.number(own);
  }

  /** Declarations of sequence counters: those that are counted, or whose predecessor is taken. */
  readonly counters: Set<Identity> = new Set();
  /** Assignments of sequence counters. */
  readonly copies: { readonly identity: Identity; readonly at: At }[] = [];

  /** Functions that work items may run. */
  readonly workFunctions: Set<ProcInfo> = new Set();

  /** What a work cell holds for its function: 1 + its number. */
  workFunction(proc: ProcInfo): number {
    this.workFunctions.add(proc);
    return 1 + this.procs.number(proc);
  }

  /** The number a cell starts with. */
  initial(initial: Initial): number {
    switch (initial.kind) {
      case 'number':
        return initial.value;
      case 'proc':
        return this.workFunction(initial.proc);
      case 'table':
        return 1 + this.tables.number(initial.table);
    }
  }

  /** Instructions of one statement share theirs. */
  span(source: Source, node: Node): Span {
    const last = this.#last;
    if (last?.source === source && last.start === node.start && last.end === node.end)
      return last.span;
    const { line, column, endLine, endColumn } = placeOf({ source, node });
    const span = { file: this.files.number(source), line, column, endLine, endColumn };
    this.#last = { source, start: node.start, end: node.end, span };
    return span;
  }

  /** Type of a local or plain cell. Compound kinds are an error of ours. */
  scalar(type: Type): ScalarType {
    switch (type.kind) {
      case 'int':
        return { kind: 'int', min: type.min, max: type.max };
      case 'bool':
      case 'errno':
      case 'pte':
        return { kind: type.kind };
      case 'seq':
        return { kind: 'seq', counter: false };
      case 'enum':
        return { kind: 'enum', enum: this.enums.number(type.enum) };
      case 'ops':
        return { kind: 'ops', ops: this.ops.number(type.ops) };
      case 'pointer':
        return { kind: 'ref', to: this.#target(type.to) };
      // After a reported error the Program is thrown away.
      default:
        return { kind: 'bool' };
    }
  }

  #target(type: Type): RefTarget {
    if (type.kind === 'struct') return { kind: 'struct', struct: this.structs.number(type.struct) };
    return type.kind === 'primitive'
      ? { kind: 'primitive', primitive: type.primitive }
      : { kind: 'scalar' };
  }

  /**
   * @param identity the declaration that the cell belongs to
   * @param listBound how many instances of a list's element struct there can be
   */
  cell(type: Type, identity: Identity, listBound: (struct: StructInfo) => number): CellType {
    if (type.kind === 'seq') return { kind: 'seq', counter: this.counters.has(identity) };
    if (type.kind !== 'primitive') return this.scalar(type);
    switch (type.primitive) {
      case 'kref':
        return { kind: 'kref', max: type.bound };
      case 'frames':
        return { kind: 'frames', count: type.bound };
      case 'list':
        return type.of === null
          ? { kind: 'bool' }
          : { kind: 'list', of: this.structs.number(type.of), max: listBound(type.of) };
      default:
        return { kind: type.primitive };
    }
  }
}
