// SPDX-License-Identifier: MIT
/**
 * The syntax tree of a .hmm file. Plain data; every node has offsets into the text (`end` exclusive),
 * so that checks, the formatter and editors share it. Names are not resolved here: a command is a list
 * of words and items until `check` knows the verbs.
 */

import type { Expr, Ident, Node, StringLit } from './ast-expression.ts';
import type { Assume, BoundDef, BoundTerm, Pin, Sample } from './ast-search.ts';
import type { Block, Declarator, TypeRef } from './ast-statement.ts';

export type * from './ast-expression.ts';
export type * from './ast-search.ts';
export type * from './ast-statement.ts';

/** A bare profile name (`linux/5.3-rc1`, `drivers/nouveau/5.3`), or a quoted one. */
export interface ProfileName extends Node {
  readonly kind: 'profile-name';
  readonly name: string;
}

// ---------------------------------------------------------------- file

export interface File extends Node {
  readonly kind: 'file';
  readonly items: readonly TopItem[];
}

export type TopItem = Use | Import | Profile | Scenario | Definition;

export type Definition =
  ConstDef | EnumDef | StructDef | OpsDef | OpsTableDef | ProcDef | VerbDef | WorldDef;

export interface Documented {
  /** Text of the `///` lines before it, without the slashes; null if there are none. */
  readonly doc: string | null;
}

/** `use linux/5.3, drivers/nouveau/5.3` */
export interface Use extends Node {
  readonly kind: 'use';
  readonly names: readonly ProfileName[];
}

/** `import "./mine.hmm"` */
export interface Import extends Node {
  readonly kind: 'import';
  readonly path: StringLit;
}

/** `profile linux/5.3 extends linux/5.3-rc1 { ... }`; `driver nouveau/5.3 for linux/5.3, linux/5.4 { ... }` */
export interface Profile extends Node, Documented {
  readonly kind: 'profile';
  readonly sort: 'profile' | 'driver';
  readonly name: ProfileName;
  readonly extends: ProfileName | null;
  /** Cores a driver fits. */
  readonly for: readonly ProfileName[];
  readonly items: readonly ProfileItem[];
}

export type ProfileItem = Definition | Replace | Remove | Rule | Use;

/** `replace` before a definition. */
export interface Replace extends Node {
  readonly kind: 'replace';
  readonly definition: Definition;
}

/** `remove hmm_range_fault`, `remove snapshot range` */
export interface Remove extends Node {
  readonly kind: 'remove';
  /** One, or those of a verb. */
  readonly words: readonly Ident[];
}

/** `rule readers_overtake off` */
export interface Rule extends Node {
  readonly kind: 'rule';
  readonly name: Ident;
  readonly value: Ident;
}

// ---------------------------------------------------------------- definitions

/** `const SLOTS = 3` */
export interface ConstDef extends Node, Documented {
  readonly kind: 'const';
  readonly name: Ident;
  readonly value: Expr;
}

/** `enum colour { RED, GREEN }` */
export interface EnumDef extends Node, Documented {
  readonly kind: 'enum';
  readonly name: Ident;
  readonly members: readonly Ident[];
}

/** `struct foo { mutex lock; int n in 0..3; bar *next; pte table[NR_PAGES] mirrors mm->ptes owed pending; kref ref held_by bar.foo; baz *b holds users }` */
export interface StructDef extends Node, Documented {
  readonly kind: 'struct';
  readonly name: Ident;
  readonly fields: readonly Field[];
}

export interface Field extends Node, Documented {
  readonly kind: 'field';
  readonly type: TypeRef;
  readonly declarators: readonly Declarator[];
  /** `mirrors mm->ptes`: this table mirrors the page table at that path from the struct itself. */
  readonly mirrors: readonly Ident[] | null;
  /** `owed pending`: the field of kind `owed` beside it. */
  readonly owed: Ident | null;
  /** `guarded_by(mm->mmap_sem)`: way to the lock from the struct itself. */
  readonly guardedBy: readonly Ident[] | null;
  readonly heldBy: readonly Holder[] | null;
  /** `holds mm_users`: a counter of what this refers to. */
  readonly holds: Ident | null;
}

/**
 * Who holds what a counter counts, after `held_by`: `hmm_range.hmm.mm`, `struct file.f_inode`, `readers`,
 * `mm_struct.ptes of pfn`, `1`, `thread`.
 */
export interface Holder extends Node {
  readonly kind: 'holder';
  readonly who:
    | { readonly sort: 'thread' }
    | { readonly sort: 'number'; readonly count: number }
    | {
        readonly sort: 'path';
        /** Written with `struct` before it: the first name is that of a struct. */
        readonly tagged: boolean;
        readonly path: readonly Ident[];
        /** `of pfn`: page table entries of the frame that this field names. */
        readonly pfn: Ident | null;
      };
}

/** `ops hmm_mirror_ops { sync(hmm_mirror *m, int start, int end) -> errno; release(hmm_mirror *m) }` */
export interface OpsDef extends Node, Documented {
  readonly kind: 'ops';
  readonly name: Ident;
  readonly slots: readonly OpsSlot[];
}

export interface OpsSlot extends Node {
  readonly kind: 'ops-slot';
  readonly name: Ident;
  readonly params: readonly Param[];
  readonly result: ResultType | null;
}

/** `ops hmm_mirror_ops nouveau_ops = { sync: nouveau_sync, release: nouveau_release }` */
export interface OpsTableDef extends Node, Documented {
  readonly kind: 'ops-table';
  readonly ops: Ident;
  readonly name: Ident;
  readonly entries: readonly { readonly slot: Ident; readonly proc: Ident }[];
}

export interface Param extends Node {
  readonly kind: 'param';
  readonly type: TypeRef;
  readonly pointer: boolean;
  readonly name: Ident;
}

export interface ResultType extends Node {
  readonly kind: 'result-type';
  readonly type: TypeRef;
  readonly pointer: boolean;
}

/** `proc f(int a, foo *p) -> errno depth 2 { ... }` */
export interface ProcDef extends Node, Documented {
  readonly kind: 'proc';
  readonly name: Ident;
  readonly params: readonly Param[];
  readonly result: ResultType | null;
  readonly depth: Expr | null;
  readonly body: Block;
}

/** `verb fault range (hmm_range *r) { ... }`; a parameter `pages p` takes `heap[0..2)` and is p.vma, p.start, p.end. */
export interface VerbDef extends Node, Documented {
  readonly kind: 'verb';
  readonly words: readonly Ident[];
  readonly params: readonly Param[];
  readonly result: ResultType | null;
  readonly body: Block;
}

/** `world vma (vm_area_struct *v, mm_struct *m, int start, ...) { ... }`: what `vma heap on M: ...` creates, and its set-up. */
export interface WorldDef extends Node, Documented {
  readonly kind: 'world';
  readonly word: Ident;
  readonly params: readonly Param[];
  readonly body: Block;
}

// ---------------------------------------------------------------- scenario

/** `scenario "title" for writer in [false, true] under ["a", "b"] { ... }`, perhaps behind a mode. */
export interface Scenario extends Node, Documented {
  readonly kind: 'scenario';
  /** The word before `scenario`; `run` if there is none. */
  readonly mode: 'run' | 'skip' | 'only' | 'todo';
  /** `skip "why" scenario ...` */
  readonly reason: StringLit | null;
  /** Only a `todo` can be without. */
  readonly hasBody: boolean;
  readonly title: StringLit;
  readonly loops: readonly ScenarioLoop[];
  readonly under: readonly StringLit[] | null;
  readonly items: readonly ScenarioItem[];
}

export interface ScenarioLoop extends Node {
  readonly kind: 'scenario-loop';
  readonly name: Ident;
  /** Literals: int, bool, string, enum member or errno. */
  readonly values: readonly Expr[];
}

export type ScenarioItem =
  | Use
  | Definition
  | WorldVariable
  | WorldMm
  | WorldVma
  | WorldDevice
  | WorldRange
  | Pool
  | ThreadDef
  | Expect
  | InvariantDef
  | Allow
  | Tags
  | Check
  | BoundDef
  | Assume
  | Pin
  | Sample;

/** `rwsem mmap_sem, memory_lock`, `int x in 0..3 = 1`, `struct foo f`, `workqueue wq`, `work w = fn`, `kref k held_by 1`, `struct foo *p holds ref` */
export interface WorldVariable extends Node, Documented {
  readonly kind: 'world-variable';
  readonly type: TypeRef;
  readonly declarators: readonly Declarator[];
  /** Way to the lock: a world, then fields. */
  readonly guardedBy: readonly Ident[] | null;
  readonly heldBy: readonly Holder[] | null;
  /** `holds mm_users`: a counter of what this refers to. */
  readonly holds: Ident | null;
}

/** `mm M` */
export interface WorldMm extends Node, Documented {
  readonly kind: 'world-mm';
  readonly names: readonly Ident[];
}

/** `vma heap on M: 4 pages rw anon present` */
export interface WorldVma extends Node, Documented {
  readonly kind: 'world-vma';
  readonly name: Ident;
  readonly on: Ident;
  readonly pages: Expr;
  /** `rw`, `ro`, `none`, `anon`, `file`, `io`, `present`, in any order. */
  readonly attributes: readonly Ident[];
}

/** `device gpu mirrors M` */
export interface WorldDevice extends Node, Documented {
  readonly kind: 'world-device';
  readonly name: Ident;
  readonly mirrors: Ident;
}

/** `range R on gpu: heap` or `heap[0..2)` */
export interface WorldRange extends Node, Documented {
  readonly kind: 'world-range';
  readonly name: Ident;
  readonly on: Ident;
  readonly pages: Expr;
}

/** `pool struct foo: 4` */
export interface Pool extends Node, Documented {
  readonly kind: 'pool';
  readonly struct: Ident;
  readonly capacity: Expr;
}

/** `thread A: ...`, `thread B if writer { ... }`, `thread reader[3] { ... }`, `daemon thread kswapd { ... }` */
export interface ThreadDef extends Node, Documented {
  readonly kind: 'thread';
  readonly daemon: boolean;
  readonly name: Ident;
  readonly count: Expr | null;
  readonly condition: Expr | null;
  readonly body: Block;
}

/** `expect deadlock on memory_lock in fault if writer under ["..."]` and its siblings. */
export interface Expect extends Node, Documented {
  readonly kind: 'expect';
  readonly what:
    | { readonly kind: 'holds' }
    /** `negated` for `expect no stalled_until_timeout`. */
    | {
        readonly kind: 'finding';
        readonly negated: boolean;
        readonly name: Ident;
        /** Object path, e.g. `M.mmap_sem` or `nodes[1].lock`. */
        readonly on: Expr | null;
        /** `A` or, for one of a replicated thread, `reader[1]`. */
        readonly in: Expr | null;
        /** A proc or label name. */
        readonly at: Ident | null;
      }
    | {
        readonly kind: 'sometimes' | 'always' | 'never' | 'eventually';
        readonly condition: Expr;
      }
    | { readonly kind: 'leads-to'; readonly trigger: Expr; readonly condition: Expr };
  readonly within: readonly BoundTerm[] | null;
  readonly condition: Expr | null;
  readonly under: readonly StringLit[] | null;
}

export interface InvariantDef extends Node, Documented {
  readonly kind: 'invariant';
  readonly condition: Expr;
}

/** `allow signals, allocation_failure` */
export interface Allow extends Node {
  readonly kind: 'allow';
  readonly names: readonly Ident[];
}

/** `tags slow, vfio` */
export interface Tags extends Node {
  readonly kind: 'tags';
  readonly names: readonly Ident[];
}

/** `check data_race`, `check no livelock` */
export interface Check extends Node {
  readonly kind: 'check';
  readonly negated: boolean;
  readonly names: readonly Ident[];
}
