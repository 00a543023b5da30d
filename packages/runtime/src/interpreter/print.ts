// SPDX-License-Identifier: MIT
/** Values in kernel words: `-EBUSY`, `read A`, `pfn 3 rw`, `{R, range}`. */

import type { CellType, Program, ScalarType } from '../program/index.ts';
import { errnoName } from '../program/errno.ts';
import { pteText } from '../program/page-table-entry.ts';
import type { Layout } from './layout.ts';
import type { CompoundValue, RwsemValue, Value } from './values.ts';
import { ALL, NOBODY, NON_OWNER } from './values.ts';

export interface Printer {
  value(type: CellType, value: Value): string;
  scalar(type: ScalarType, value: number): string;
  thread(index: number): string;
  /** Name of the object or cell that a reference to `to` points at. */
  reference(type: ScalarType, address: number): string;
}

/** A printer for the names of one program. */
export function createPrinter(program: Program, layout: Layout): Printer {
  const thread = (index: number): string => {
    if (index === NON_OWNER) return 'non-owner';
    return program.threads[index]?.name ?? 'set-up';
  };
  const threads = (list: readonly number[]): string => list.map(thread).join(', ');
  const cell = (address: number): string => layout.cells[address]?.name ?? `address ${address}`;
  const reference = (type: ScalarType, address: number): string => {
    if (address === 0) return 'NULL';
    const first =
      type.kind === 'ref' && type.to.kind === 'struct'
        ? program.structs[type.to.struct]?.cells[0]?.name
        : undefined;
    return first === undefined ? cell(address) : withoutField(cell(address), first);
  };
  const scalar = (type: ScalarType, value: number): string => {
    switch (type.kind) {
      case 'bool':
        return value === 0 ? 'false' : 'true';
      case 'enum':
        return program.enums[type.enum]?.members[value] ?? String(value);
      case 'errno':
        return value < 0 ? errnoName(value) : String(value);
      case 'ref':
        return reference(type, value);
      case 'ops':
        return value === 0 ? 'NULL' : (program.opsTables[value - 1]?.name ?? String(value));
      case 'pte':
        return pteText(value);
      case 'seq':
        return value === 0 ? 'unset' : value % 2 === 0 ? 'even' : 'odd';
      case 'int':
        return String(value);
    }
  };
  const listed = (type: CellType, item: number): string =>
    type.kind === 'list'
      ? reference({ kind: 'ref', to: { kind: 'struct', struct: type.of } }, item)
      : cell(item);
  const compound = (type: CellType, value: CompoundValue): string => {
    switch (value.kind) {
      case 'mutex':
      case 'spinlock':
        return (
          (value.owner === NOBODY ? 'free' : thread(value.owner)) +
          queueText(value.queue.map(thread))
        );
      case 'rwsem':
        return rwsemText(value, thread);
      case 'wait_queue':
        return value.queue.length === 0 ? 'nobody' : threads(value.queue);
      case 'completion':
        return (
          (value.done === ALL ? 'all' : String(value.done)) + queueText(value.queue.map(thread))
        );
      case 'work':
        return workText(value.pending, value.running === NOBODY ? null : thread(value.running));
      case 'workqueue':
        return value.items.length === 0 ? 'empty' : value.items.map(cell).join(', ');
      case 'list':
        return `{${value.items.map((item) => listed(type, item)).join(', ')}}`;
      case 'frames':
        return `used {${value.used.join(', ')}}`;
      case 'owed':
        return value.ranges.length === 0
          ? 'none'
          : value.ranges.map(([a, b]) => `[${a}..${b})`).join(' ');
    }
  };
  return {
    thread,
    reference,
    scalar,
    value: (type, value) => {
      if (typeof value !== 'number') return compound(type, value);
      return type.kind === 'kref' ? String(value) : scalar(type as ScalarType, value);
    },
  };
}

/** `M.hmm.kref` without its field `kref` is the struct `M.hmm`. */
function withoutField(cell: string, field: string): string {
  const suffix = field.startsWith('[') ? field : `.${field}`;
  return cell.endsWith(suffix) ? cell.slice(0, -suffix.length) : cell;
}

function queueText(queue: readonly string[]): string {
  return queue.length === 0 ? '' : ` (queued: ${queue.join(', ')})`;
}

function rwsemText(value: RwsemValue, thread: (index: number) => string): string {
  const holders =
    value.writer !== NOBODY
      ? `write ${thread(value.writer)}`
      : value.readers.length > 0
        ? `read ${value.readers.map(thread).join(', ')}`
        : 'free';
  return (
    holders + queueText(value.queue.map((w) => `${thread(w.thread)} ${w.write ? 'write' : 'read'}`))
  );
}

function workText(pending: boolean, worker: string | null): string {
  const parts = [pending ? 'pending' : '', worker === null ? '' : `running on ${worker}`];
  return parts.filter((part) => part !== '').join(', ') || 'idle';
}
