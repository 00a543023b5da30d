// SPDX-License-Identifier: MIT
/** What one search of one model came to. Milliseconds are of the processor, user and system. */
export interface Measured {
  readonly model: string;
  /** `SPIN by hand`, `SPIN translated`, or a strategy of ours. */
  readonly by: string;
  readonly states: number;
  readonly transitions: number;
  /**
   * Until every state is known, in a process that does nothing else: SPIN's compiled verifier from start
   * to end; our search with all that it learns and compiles on the way, without reading the text.
   */
  readonly searchMs: number;
  /** The same in a process that has searched this model before; null for SPIN, which has nothing to warm up. */
  readonly warmMs: number | null;
  /** What comes after it: livelocks, minimal counterexamples, nearest passing schedules. 0 for SPIN. */
  readonly restMs: number;
  /** Text to verdict, from the start of the first process to the end of the last: for SPIN its generator and gcc too. */
  readonly endToEndMs: number;
  /** Of the store: SPIN's without its hash table and stack, ours with everything that a search keeps of states and edges. */
  readonly bytesPerState: number;
  /** Memory of the process at its largest. */
  readonly megabytes: number;
}
