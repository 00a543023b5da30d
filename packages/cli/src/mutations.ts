// SPDX-License-Identifier: MIT
/** What `hmm mutate` changes, for tests that plant the same mistakes: the entry `@hmmlab/cli/mutations`. */

export { findMutations } from './mutate/find-mutations.ts';
export { mutated } from './mutate/mutation.ts';
