// SPDX-License-Identifier: MIT
/** Operations about the running thread itself: where it may sleep, and being preempted. */

import type { Primitive } from './primitive.ts';
import { always } from './primitive.ts';
import { RaisedFinding } from '../interpreter/raised.ts';

export const contextPrimitives: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  /** The check itself is the op table's `sleeps`. */
  ['might_sleep', always(() => null)],
  ['cond_resched', always(() => null)],
  ['cpu_relax', always(() => null)],
  [
    'non_block_start',
    always((draft, { thread }) => {
      draft.changeThread(thread, { nonBlock: draft.thread(thread).nonBlock + 1 });
      return null;
    }),
  ],
  [
    'non_block_end',
    always((draft, { thread }) => {
      const { nonBlock } = draft.thread(thread);
      if (nonBlock === 0) {
        throw new RaisedFinding('assertion', null, 'non_block_end without non_block_start');
      }
      draft.changeThread(thread, { nonBlock: nonBlock - 1 });
      return null;
    }),
  ],
]);
