// SPDX-License-Identifier: MIT
/** Every primitive by its name in the op table. A new one is a row there and an entry in one of these files. */

import { atomicPrimitives } from './atomic.ts';
import { completionPrimitives } from './completion.ts';
import { contextPrimitives } from './context.ts';
import { krefPrimitives } from './kref.ts';
import { listPrimitives } from './list.ts';
import { mutexPrimitives } from './mutex.ts';
import { pagePrimitives } from './page.ts';
import type { Primitive } from './primitive.ts';
import { rwsemPrimitives } from './rwsem.ts';
import { spinlockPrimitives } from './spinlock.ts';
import { waitQueuePrimitives } from './wait-queue.ts';
import { workPrimitives } from './work.ts';

export const primitives: ReadonlyMap<string, Primitive> = new Map([
  ...mutexPrimitives,
  ...rwsemPrimitives,
  ...spinlockPrimitives,
  ...waitQueuePrimitives,
  ...completionPrimitives,
  ...krefPrimitives,
  ...workPrimitives,
  ...listPrimitives,
  ...atomicPrimitives,
  ...pagePrimitives,
  ...contextPrimitives,
]);
