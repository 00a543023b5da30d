// SPDX-License-Identifier: MIT
/** What the statements of a primitive are written with. */

import type { Expr } from '@hmmlab/runtime/program';
import type { Body } from './body.ts';
import type { Frame } from './frames.ts';
import type { Model } from './model.ts';

export interface Emitter {
  readonly model: Model;
  readonly body: Body;
  /** Stores into a plain cell, whose address and value have been worked out. */
  store(frame: Frame, expr: Expr, address: string, value: string): void;
}
