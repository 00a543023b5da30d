// SPDX-License-Identifier: MIT
/**
 * The Program: what a scenario instance means, as plain JSON-able data.
 *
 * Everything before it (text, names, kinds) belongs to a front end; everything after it (states,
 * schedules, verdicts) to the runtime. It holds no text of the scenario file but names and titles,
 * which are only ever printed.
 *
 * Memory is a flat array of cells. Every object (a world, a pool slot, a local struct) owns a run of
 * consecutive cells, and a reference is the address of a cell; 0 is NULL and never a valid cell.
 */

import type { CheckName } from './checks.ts';

/** Raised whenever the meaning of a Program changes; a schedule names the version it was made for. */
export const PROGRAM_VERSION = 1;

/** A place in a source file. Lines and columns start at 1; the end is exclusive. */
export interface Span {
  /** Index into {@link Program.sources}. */
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Type of a scalar value: what a local, a parameter or a plain cell may hold. All values are numbers. */
export type ScalarType =
  /** `min..max`, both inclusive. A value outside is the finding *integer out of range*. */
  | { readonly kind: 'int'; readonly min: number; readonly max: number }
  /** 0 or 1. */
  | { readonly kind: 'bool' }
  /** 0 .. members-1. */
  | { readonly kind: 'enum'; readonly enum: number }
  /** A count or a negative Linux error number; printed `-EBUSY`. */
  | { readonly kind: 'errno' }
  /** NULL (0) or the address of a cell run of `to`: a struct, or a single primitive cell such as a lock. */
  | { readonly kind: 'ref'; readonly to: RefTarget }
  /** A page table entry, see page-table-entry.ts. */
  | { readonly kind: 'pte' }
  /**
   * A value of a sequence counter, or 0 for none; renumbered in each state. A cell that is a `counter` is only
   * ever counted on from, exists from the start and is at least 1; in a local that is one lies what was loaded
   * to be counted on from, or to take the value before. All others are copies.
   */
  | { readonly kind: 'seq'; readonly counter: boolean }
  /** NULL (0) or 1 + index of a constant operations table. */
  | { readonly kind: 'ops'; readonly ops: number };

export type RefTarget =
  | { readonly kind: 'struct'; readonly struct: number }
  | { readonly kind: 'primitive'; readonly primitive: PrimitiveCellKind }
  /** A plain cell, for `&x` given to `atomic_inc` and the like. */
  | { readonly kind: 'scalar' };

/** Cells with a compound value of their own, changed only by primitives. */
export type PrimitiveCellKind =
  | 'mutex'
  | 'rwsem'
  | 'spinlock'
  | 'wait_queue'
  | 'completion'
  | 'kref'
  | 'work'
  | 'workqueue'
  | 'list'
  | 'frames'
  | 'owed';

/** Type of one memory cell. */
export type CellType =
  | ScalarType
  | { readonly kind: Exclude<PrimitiveCellKind, 'kref' | 'list' | 'frames' | 'work'> }
  /** Counts 0..max; more is refcount overflow. */
  | { readonly kind: 'kref'; readonly max: number }
  /** Ordered references to instances of `of`, at most `max` of them. */
  | { readonly kind: 'list'; readonly of: number; readonly max: number }
  /**
   * So many page frames with their reference counts; `pfn_alloc` hands out the lowest free one. Frames are
   * numbered from 1 on, over all such cells in order of address, so that no two have one in common.
   */
  | { readonly kind: 'frames'; readonly count: number }
  /** A work item; `proc` is the function it runs, called with the work's own address. */
  | { readonly kind: 'work' };

export interface EnumType {
  readonly name: string;
  readonly members: readonly string[];
}

/** The lock that a cell is guarded by, as the way to it. */
export interface Guard {
  /** Where the way begins: so many cells before the guarded one, or at a static object. */
  readonly from:
    | { readonly kind: 'cell'; readonly back: number }
    | { readonly kind: 'object'; readonly object: number };
  /** Cells to go on; between two numbers the pointer that lies there is followed. */
  readonly path: readonly number[];
}

/** One cell of a struct: nested structs and arrays are already flattened (`mirror.ops`, `ptes[2]`). */
export interface FieldCell {
  readonly name: string;
  readonly type: CellType;
  /** Value at creation; primitives start free/empty whatever this says, krefs start at it. */
  readonly initial: number;
  readonly guard?: Guard;
}

export interface StructType {
  readonly name: string;
  /** Cell i of an instance is at address `base + i`. */
  readonly cells: readonly FieldCell[];
}

/** A run of cells that exists from the start: a world of the scenario. */
export interface StaticObject {
  readonly name: string;
  readonly type:
    | { readonly kind: 'struct'; readonly struct: number }
    | { readonly kind: 'cell'; readonly cell: CellType; readonly guard?: Guard };
  /** Values that differ from the type's own, by cell index. */
  readonly initial: readonly { readonly cell: number; readonly value: number }[];
  readonly span: Span;
}

/** Slots for objects that are born and die: `kmalloc` pools, and one pool per local struct declaration. */
export interface Pool {
  /** A heap pool is named by its declaration; a scope pool by the local variable. */
  readonly name: string;
  readonly struct: number;
  readonly capacity: number;
  /** `scope` slots die at the end of their block; `heap` slots when freed, and leak otherwise. */
  readonly lifetime: 'heap' | 'scope';
  readonly span: Span;
}

export type UnaryOperator = '-' | '!' | '~';
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  /** Both sides are local and evaluated: the front end splits what loads. */
  | '&&'
  | '||';

/** An expression over constants and locals only. Evaluating one is never visible to another thread. */
export type Expr =
  | { readonly kind: 'const'; readonly value: number }
  | { readonly kind: 'local'; readonly slot: number }
  /** Address of a cell of a static object. */
  | { readonly kind: 'object'; readonly object: number; readonly cell: number }
  | { readonly kind: 'unary'; readonly op: UnaryOperator; readonly a: Expr }
  | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly a: Expr; readonly b: Expr }
  | { readonly kind: 'conditional'; readonly test: Expr; readonly then: Expr; readonly else: Expr }
  /** Address arithmetic: `&base->field`. NULL base is the finding *null dereference*; `cells` may be negative (container_of). */
  | { readonly kind: 'field'; readonly base: Expr; readonly cells: number }
  /** `&base[index]`; an index outside 0..length-1 is *index out of range*. */
  | {
      readonly kind: 'element';
      readonly base: Expr;
      readonly index: Expr;
      readonly stride: number;
      readonly length: number;
    };

/** An expression that may read memory; evaluated atomically, only in invariants, final conditions and the conditions of waits and `await`. */
export type StateExpr =
  | { readonly kind: 'const'; readonly value: number }
  | { readonly kind: 'object'; readonly object: number; readonly cell: number }
  /** Value of the cell at an address. Reading a dead or NULL address makes the whole expression neither true nor false: `always`, `never` and invariants break. */
  | { readonly kind: 'load'; readonly address: StateExpr }
  /** A top-level local of a thread (kept to the end because it is named here). Slot of the thread's own proc. */
  | { readonly kind: 'thread-local'; readonly thread: number; readonly slot: number }
  /** A local of the waiting frame; only in the conditions of waits and `await`. */
  | { readonly kind: 'local'; readonly slot: number }
  /** 1 if the thread has finished. */
  | { readonly kind: 'finished'; readonly thread: number }
  | { readonly kind: 'unary'; readonly op: UnaryOperator; readonly a: StateExpr }
  /** `&&` and `||` do not evaluate their right side when the left decides. */
  | {
      readonly kind: 'binary';
      readonly op: BinaryOperator;
      readonly a: StateExpr;
      readonly b: StateExpr;
    }
  | {
      readonly kind: 'conditional';
      readonly test: StateExpr;
      readonly then: StateExpr;
      readonly else: StateExpr;
    }
  | { readonly kind: 'field'; readonly base: StateExpr; readonly cells: number }
  | {
      readonly kind: 'element';
      readonly base: StateExpr;
      readonly index: StateExpr;
      readonly stride: number;
      readonly length: number;
    }
  /** Reads a primitive cell as a value: `is_locked`, `is_read_locked`, `is_write_locked`, `count`, `length`, `pending`, `waiters`. */
  | { readonly kind: 'inspect'; readonly what: Inspection; readonly address: StateExpr };

export type Inspection =
  'is_locked' | 'is_read_locked' | 'is_write_locked' | 'count' | 'length' | 'waiters' | 'pending';

/**
 * One instruction. `border` marks where a transition may begin: every visible action has it. A
 * transition is the action at a border followed by the instructions up to the next border.
 */
export type Instruction = InstructionCommon & InstructionBody;

export interface InstructionCommon {
  readonly span: Span;
  readonly border: boolean;
  /** Not the first instruction of a statement of the source: not counted where statements are. */
  readonly implied?: true;
  /** The head of a `forever` loop: who passes it goes round on purpose. */
  readonly meant?: true;
  /** A load or store by READ_ONCE or WRITE_ONCE: it is meant to race. */
  readonly marked?: true;
}

export type InstructionBody =
  | { readonly op: 'let'; readonly to: number; readonly value: Expr }
  /** Reads the cell at an address. A border unless the cell never changes after the set-up. */
  | { readonly op: 'load'; readonly to: number; readonly address: Expr }
  | { readonly op: 'store'; readonly address: Expr; readonly value: Expr }
  /** A kernel primitive; see the op table for its operands. `condition` is what a wait waits for. */
  | {
      readonly op: 'primitive';
      readonly name: string;
      readonly args: readonly Expr[];
      readonly to: number | null;
      readonly condition?: StateExpr;
    }
  | { readonly op: 'jump'; readonly target: number }
  | { readonly op: 'branch'; readonly test: Expr; readonly then: number; readonly else: number }
  | {
      readonly op: 'call';
      readonly proc: number;
      readonly args: readonly Expr[];
      readonly to: number | null;
    }
  /** Call through an operations table: `m->ops->release(m)`. A NULL table or empty slot is *null dereference*. */
  | {
      readonly op: 'call-ops';
      readonly table: Expr;
      /** The interface that the table is of. */
      readonly ops: number;
      readonly slot: number;
      readonly args: readonly Expr[];
      readonly to: number | null;
    }
  /** Runs the function of a work item (its address in `work`) with that address as its argument. */
  | { readonly op: 'call-work'; readonly work: Expr }
  | { readonly op: 'return'; readonly value: Expr | null }
  /** Birth and death of a local struct. `scope-begin` puts the address into `to`. */
  | { readonly op: 'scope-begin'; readonly pool: number; readonly to: number }
  | { readonly op: 'scope-end'; readonly slot: number }
  /** Takes the lowest free slot of a heap pool; NULL when allocation failure is allowed and chosen. */
  | { readonly op: 'alloc'; readonly pool: number; readonly to: number }
  | { readonly op: 'free'; readonly address: Expr }
  /** Any value of `from..upTo`, inclusive: one transition each. `names` is what reports call them, in order. */
  | {
      readonly op: 'choose';
      readonly to: number;
      readonly from: number;
      readonly upTo: number;
      readonly names?: readonly string[];
    }
  /**
   * Enabled while the condition is true; always if it is null, as at the beginning of `atomic { }`. What is
   * to happen in the same transition follows it without borders. `text` is the condition as written.
   */
  | { readonly op: 'await'; readonly condition: StateExpr | null; readonly text: string }
  /** Goes on at any one of the ways whose condition is true; enabled while there is one. */
  | { readonly op: 'await-any'; readonly ways: readonly AwaitWay[] }
  | {
      readonly op: 'assert';
      readonly test: Expr;
      readonly text: string;
      /** It is a rule of an interface, and `text` says it in words. */
      readonly contract?: true;
    }
  /** A run on which this is false is none of those that are asked about. */
  | {
      readonly op: 'assume';
      readonly test: Expr;
      /** The assumption of the scenario that it is part of: `A.registered before B.zapped`. */
      readonly assumption: { readonly text: string; readonly span: Span };
    };

/** `await condition { }`, one of several: its block begins at `target`. */
export interface AwaitWay {
  readonly condition: StateExpr;
  readonly text: string;
  readonly target: number;
}

export interface Proc {
  readonly name: string;
  /** Parameters are the first locals. */
  readonly params: number;
  readonly locals: readonly { readonly name: string; readonly type: ScalarType }[];
  /** Activations of this proc that one thread may have at a time; one more is the finding *call depth*. */
  readonly depth: number;
  /** Never empty; every path ends in `return`. */
  readonly code: readonly Instruction[];
  readonly span: Span;
  /** Part of the scenario file (its statements must be reached) or of a profile, driver or import. */
  readonly origin: 'scenario' | 'library';
}

export interface OpsInterface {
  readonly name: string;
  readonly slots: readonly string[];
}

export interface OpsTable {
  readonly name: string;
  readonly ops: number;
  /** Proc per slot, or null where the table leaves it out. */
  readonly procs: readonly (number | null)[];
}

export interface Thread {
  readonly name: string;
  readonly proc: number;
  readonly args: readonly number[];
  /** A daemon may wait for ever without that being a deadlock, as long as it holds nothing. */
  readonly kind: 'task' | 'daemon' | 'worker';
  /** For a worker: address expression of its workqueue. */
  readonly workqueue: { readonly object: number; readonly cell: number } | null;
  /** Top-level locals that expectations read; they stay live to the end. */
  readonly observed: readonly number[];
  readonly span: Span;
}

/** A device table that mirrors a page table: the instances are found through a static object. */
export interface Mirror {
  readonly name: string;
  /** First cell of the device's table, and of the page table it mirrors; `pages` entries each. */
  readonly device: { readonly object: number; readonly cell: number };
  readonly pageTable: { readonly object: number; readonly cell: number };
  readonly pages: number;
  /** Invalidations that still have to call this device, or null if the driver keeps none. */
  readonly owed: { readonly object: number; readonly cell: number } | null;
  readonly span: Span;
}

/** A cell that exists once in a static object, or once in every slot of a pool. */
export type CellPlace =
  | { readonly kind: 'object'; readonly object: number; readonly cell: number }
  | { readonly kind: 'pool'; readonly pool: number; readonly cell: number };

/**
 * A way from one place to cells elsewhere: each number but the last is the distance to a pointer, which
 * is followed; the last is the distance to the first of `length` cells.
 */
export interface CellPath {
  readonly hops: readonly number[];
  readonly length: number;
}

/** Who may hold references that a counter counts; `text` is how the declaration says it. */
export type Holder = { readonly text: string } & (
  | { readonly kind: 'number'; readonly count: number }
  /** Each thread that has not ended, a daemon, may hold one. */
  | { readonly kind: 'thread' }
  /**
   * Cells of the counter's owner, at the end of a path from its first cell: entries of a list whose
   * objects live, 1 for a pointer to something that lives, 1 for a present entry of a page table, else
   * the number itself.
   */
  | ({ readonly kind: 'own' } & CellPath)
  /**
   * Cells elsewhere that refer to the owner: a path from every one of `from` that lives. With `pfn`, a
   * cell of the owner, they are page table entries, and those count that are present and map that frame.
   */
  | ({
      readonly kind: 'referrer';
      readonly from: readonly CellPlace[];
      readonly pfn: number | null;
    } & CellPath)
);

/** A counter of references as declared: in a final state it stands no higher than its live holders. */
export interface Counter {
  /** `mm_struct.mm_users`, or the name of a world or local. */
  readonly name: string;
  /** Every cell of that declaration, a kref or an int, and the first cell of the object it counts for. */
  readonly cells: readonly { readonly at: CellPlace; readonly owner: number }[];
  /** Null: the declaration names none, and the counter is not checked. */
  readonly holders: readonly Holder[] | null;
  readonly span: Span;
}

/** A bound of the search, as `within` names it. */
export type Bound =
  | { readonly kind: 'preemptions' | 'steps' | 'samples'; readonly most: number }
  /** Only schedules that begin as the scenario says. */
  | { readonly kind: 'schedule' };

/** One step of a beginning that is given, or several alike. */
export interface PinnedStep {
  readonly thread: number;
  /** Null for steps of the thread's own. */
  readonly environment: 'timeout' | 'signal' | 'wakeup' | null;
  /** Which of the thread's ways on, from 0; null for any. */
  readonly way: number | null;
  readonly count: number;
  /** As written, without its count: `A`, `A timeout`. */
  readonly text: string;
  readonly span: Span;
}

/** How every schedule that is searched begins. */
export type Beginning =
  | { readonly kind: 'steps'; readonly steps: readonly PinnedStep[]; readonly span: Span }
  /** The code of a schedule of this very program: `h1:...`. */
  | { readonly kind: 'code'; readonly code: string; readonly span: Span };

/** Which schedules of a program are searched, where these are not all. */
export interface Restriction {
  /** Preemptions that a schedule may have, counted behind the beginning; null for any number. */
  readonly preemptions: number | null;
  /** Transitions that a schedule may have, counted behind the beginning; null for any number. */
  readonly steps: number | null;
  readonly beginning: Beginning | null;
  /** So many schedules, drawn at random. */
  readonly samples: { readonly runs: number; readonly seed: number } | null;
}

interface ExpectationCommon {
  /** The bounds that the expectation is satisfied with; left out where it wants all schedules. */
  readonly within?: readonly Bound[];
}

export type Expectation = ExpectationCommon & ExpectationBody;

export type ExpectationBody =
  | { readonly kind: 'holds'; readonly span: Span }
  | {
      readonly kind: 'finding';
      /** A finding's name as in `findings.ts`. */
      readonly finding: string;
      readonly on: string | null;
      readonly in: string | null;
      readonly at: string | null;
      readonly span: Span;
    }
  /** `expect no stalled_until_timeout`: a report that is otherwise no failure becomes one. */
  | {
      readonly kind: 'no-finding';
      readonly finding: string;
      readonly on: string | null;
      readonly in: string | null;
      readonly at: string | null;
      readonly span: Span;
    }
  /** Over final states. */
  | {
      readonly kind: 'sometimes' | 'always' | 'never';
      readonly condition: StateExpr;
      readonly text: string;
      readonly span: Span;
    }
  /**
   * On every weakly fair run `condition` becomes true: at some time or, with a `trigger`, whenever that is
   * true then or later (`leads to`). A run that keeps it false is the finding *starvation*.
   */
  | {
      readonly kind: 'eventually';
      readonly trigger: { readonly condition: StateExpr; readonly text: string } | null;
      readonly condition: StateExpr;
      readonly text: string;
      readonly span: Span;
    };

export interface Invariant {
  readonly condition: StateExpr;
  readonly text: string;
  readonly span: Span;
}

/** What the environment may do. Timed waits always may expire. */
export interface Environment {
  readonly signals: boolean;
  readonly spuriousWakeups: boolean;
  readonly allocationFailure: boolean;
}

/** Lock behaviour that differs between kernel revisions. */
export interface LockRules {
  /** A reader may take a reader-owned rwsem past queued writers. Off is an assumption the verdict lists. */
  readonly readersOvertake: boolean;
}

/** Statements marked `unreached`: reaching one fails the test. */
export interface UnreachedMark {
  readonly span: Span;
  readonly reason: string;
}

export interface Program {
  readonly version: typeof PROGRAM_VERSION;
  readonly title: string;
  /** `for` parameters of this instance, in order: `{name: 'writer', value: true}`; enum members and errnos as words. */
  readonly params: readonly {
    readonly name: string;
    readonly value: string | number | boolean;
  }[];
  /** The world it runs in, as written: `linux/5.3 + drivers/nouveau/5.3`, or null. */
  readonly profile: string | null;
  /** File names, relative to the project root, `/`-separated. Spans index them; 0 is the scenario's file. */
  readonly sources: readonly string[];
  readonly span: Span;
  readonly enums: readonly EnumType[];
  readonly structs: readonly StructType[];
  readonly opsInterfaces: readonly OpsInterface[];
  readonly opsTables: readonly OpsTable[];
  readonly objects: readonly StaticObject[];
  readonly pools: readonly Pool[];
  readonly procs: readonly Proc[];
  /** Proc run to its end by a thread of its own before all others start, or null. It must not block. */
  readonly setup: number | null;
  readonly threads: readonly Thread[];
  readonly mirrors: readonly Mirror[];
  readonly counters: readonly Counter[];
  readonly invariants: readonly Invariant[];
  readonly expectations: readonly Expectation[];
  readonly unreached: readonly UnreachedMark[];
  readonly environment: Environment;
  readonly lockRules: LockRules;
  /** Checks that are done, of those that may be switched off; in the order of `checkRows`. */
  readonly checks: readonly CheckName[];
  /** Left out where all schedules are searched. */
  readonly restriction?: Restriction;
}
