// SPDX-License-Identifier: MIT
/**
 * Work in slices. A long pass is a generator that yields after every small unit of work, so that the
 * caller of `advance(n)` gets control back after n units in whichever pass the search happens to be.
 * What is yielded is the number of units done, 1 if nothing.
 */

/** A computation of a `T` that may be left alone after every `yield`. */
export type Sliced<T> = Generator<number | undefined, T, undefined>;

/** Small units, such as looks at a state, are yielded so many at a time: leaving costs more than one of them. */
export const TOGETHER = 256;

/** Does all the work at once. */
export function finish<T>(work: Sliced<T>): T {
  for (;;) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
  }
}
