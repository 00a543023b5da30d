// SPDX-License-Identifier: MIT
/** Who holds a lock, and how. */

import type { Value } from './values.ts';
import { NOBODY } from './values.ts';

export interface Holder {
  readonly thread: number;
  readonly mode: 'read' | 'write' | 'exclusive';
}

/** One entry per hold; empty for a free lock and for cells that are no locks. */
export function lockHolders(value: Value): readonly Holder[] {
  if (typeof value === 'number') return [];
  switch (value.kind) {
    case 'mutex':
    case 'spinlock':
      return value.owner === NOBODY ? [] : [{ thread: value.owner, mode: 'exclusive' }];
    case 'rwsem': {
      const readers = value.readers.map((thread): Holder => ({ thread, mode: 'read' }));
      return value.writer === NOBODY ? readers : [{ thread: value.writer, mode: 'write' }];
    }
    default:
      return [];
  }
}
