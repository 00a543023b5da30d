// SPDX-License-Identifier: MIT
/** The small summary that a test carries for reporters and the json report. */

import type { Verdict } from '@hmmlab/runtime/program';

/** `task.meta.hmm` of a scenario's test. */
export interface HmmMeta {
  readonly verdict: Verdict['kind'];
  readonly why: string | null;
  /** Codes of the findings, expected ones included. */
  readonly findings: readonly string[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** What the scenario's `///` lines say, or null. */
  readonly doc: string | null;
}

/** The summary of a verdict, with what the scenario says about itself. */
export function metaOf(verdict: Verdict, doc: string | null): HmmMeta {
  const { states, transitions, maxDepth } = verdict.coverage;
  return {
    verdict: verdict.kind,
    why: verdict.why,
    findings: verdict.findings.map(({ code }) => code),
    states,
    transitions,
    depth: maxDepth,
    doc,
  };
}
