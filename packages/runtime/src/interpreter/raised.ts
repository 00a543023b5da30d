// SPDX-License-Identifier: MIT
/**
 * How the inside of a step reports that it cannot go on. Thrown where it happens, caught at the edge of
 * the machine and turned into a plain StepResult; nothing outside this folder sees one.
 */

/** A finding about the acting thread's current instruction. */
export class RaisedFinding extends Error {
  readonly finding: string;
  readonly object: string | null;
  /** Findings that the same instruction shows besides: an expected one must not hide them. */
  readonly others: readonly RaisedFinding[];

  constructor(
    finding: string,
    object: string | null,
    message: string,
    others: readonly RaisedFinding[] = [],
  ) {
    super(message);
    this.finding = finding;
    this.object = object;
    this.others = others;
  }
}

/** The run is excluded by an assumption of the scenario. */
export class RaisedCut extends Error {}

/** The model is too small to go on. */
export class RaisedLimit extends Error {
  readonly why: 'pool-exhausted' | 'instruction-limit';

  constructor(why: 'pool-exhausted' | 'instruction-limit', message: string) {
    super(message);
    this.why = why;
  }
}
