// SPDX-License-Identifier: MIT
/** One changed cell in few words: a lock prints its holders and its queue, and seldom both change. */

import type { Change } from '@hmmlab/runtime';

const QUEUE = /^(?<holders>.*?)(?: \(queued: (?<queue>.*)\))?$/s;

function parts(value: string): readonly [holders: string, queue: string] {
  const groups = QUEUE.exec(value)?.groups;
  return [groups?.['holders'] ?? value, groups?.['queue'] ?? ''];
}

function entries(queue: string): string[] {
  return queue === '' ? [] : queue.split(', ');
}

/** `+ C read`, `- B write`: who came and who left; the whole queues if it was only reordered. */
function queueText(before: string, after: string): string {
  const old = entries(before);
  const now = entries(after);
  const came = now.filter((entry) => !old.includes(entry));
  const left = old.filter((entry) => !now.includes(entry));
  if (came.length + left.length === 0) return `${before} -> ${after}`;
  return [...left.map((entry) => `- ${entry}`), ...came.map((entry) => `+ ${entry}`)].join(' ');
}

/** `M.mmap_sem: free -> read A`, `M.mmap_sem queue: + C read`. */
export function changeText({ object, before, after }: Change): string {
  const [holdersBefore, queueBefore] = parts(before);
  const [holdersAfter, queueAfter] = parts(after);
  const holders = `${object}: ${holdersBefore} -> ${holdersAfter}`;
  if (queueBefore === queueAfter) return holders;
  const queue = `queue: ${queueText(queueBefore, queueAfter)}`;
  return holdersBefore === holdersAfter ? `${object} ${queue}` : `${holders}, ${queue}`;
}
