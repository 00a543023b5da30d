// SPDX-License-Identifier: MIT
/** How large a model may be. Beyond these no search ends, and a typing slip must not eat the memory. */

export const limits = {
  /** Cells of all objects and pools together, and of one struct. */
  cells: 65_536,
  /** Pages of one vma; addresses must fit a plain int. */
  pages: 1_024,
  threads: 32,
  /** Instances of one scenario: the product of its `for` and `under` lists. */
  instances: 1_000,
  /** Activations that a proc may declare. */
  depth: 64,
  workers: 32,
  /** Values of one `choose`, blocks of one `either`. */
  choices: 1_024,
  /** Instructions of one Program. */
  instructions: 65_536,
} as const;
