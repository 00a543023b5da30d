// SPDX-License-Identifier: MIT
/** Why the model is too small, or is none for the exploration that was asked for. */
export type ModelLimit = 'pool-exhausted' | 'instruction-limit' | 'unbounded-loop';
