// SPDX-License-Identifier: MIT
/** Which locks keep two steps apart, or why none does. */

import type { Moment, Wait } from '../report.ts';

/** `fault takes mmap_sem before memory_lock, zap memory_lock before mmap_sem`; null unless locks close the cycle. */
function lockOrders(waits: readonly Wait[]): string | null {
  const wanted = new Set(waits.map(({ object }) => object));
  const orders = waits.flatMap(({ thread, object, holds }) => {
    const before = holds.filter((lock) => wanted.has(lock.object) && lock.object !== object);
    return before.map((lock) => `${thread} takes ${lock.object} before ${object}`);
  });
  return orders.length < 2 ? null : orders.join(', ');
}

const COUNTS = /^(?:kref|refcount|atomic)_/;
const LOCKS = /^(?:mutex|down|spin|read|write)_/;

/**
 * One sentence about two steps whose order decides. A lock that both hold does not say who comes first; it
 * only keeps what they do under it apart.
 */
export function orderText(
  first: Moment,
  second: Moment,
  objects: readonly string[],
  waits: readonly Wait[],
): string {
  const orders = lockOrders(waits);
  if (orders !== null) return orders;
  const are = (kind: RegExp): boolean => [first, second].every(({ text }) => kind.test(text));
  if (are(COUNTS)) return 'both are atomic, and either may come first';
  if (are(LOCKS)) return 'either may come first';
  const common = first.holds.filter((lock) =>
    second.holds.some((other) => other.object === lock.object),
  );
  const strict = common.find(
    (lock) =>
      lock.mode !== 'read' ||
      second.holds.some(({ object, mode }) => object === lock.object && mode !== 'read'),
  );
  if (strict !== undefined)
    return `both hold ${strict.object}: it keeps them apart, and does not say who comes first`;
  const [readers] = common;
  if (readers !== undefined)
    return `both hold ${readers.object} for reading, which keeps nobody apart; ${readers.object} for writing in one of them would, which need not be a cure`;
  const candidates = [...first.holds, ...second.holds].filter(
    (lock) => !objects.includes(lock.object),
  );
  const [nearest] = [...candidates.filter(({ mode }) => mode !== 'read'), ...candidates];
  if (nearest === undefined) return 'no lock keeps them apart';
  const how = nearest.mode === 'read' ? ', for writing in one of them,' : '';
  return `no lock is held at both; ${nearest.object} at both${how} would keep these two steps apart, which need not be a cure`;
}
