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
  /** Words of one verb. */
  verbWords: 16,
  /** Structs inside each other, profiles that extend or use each other, constants in each other's values. */
  structs: 64,
  profiles: 64,
  constants: 20,
  /** Thread definitions of one scenario, those without a place in some instance included. */
  threadDefinitions: 1_024,
  /** Of all scenarios of a file together. */
  fileInstances: 2_000,
  fileInstructions: 300_000,
  /** UTF-16 units that are compiled: a scenario's and those outside of scenarios, once for each instance. */
  compiledText: 10_000_000,
  /** `import` lines that are followed, in a row and altogether, and the UTF-16 units that they bring. */
  importDepth: 100,
  imports: 1_000,
  importedText: 16_000_000,
} as const;
