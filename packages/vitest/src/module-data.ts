// SPDX-License-Identifier: MIT
/** What the plugin (main process) writes into a generated module and the test run (worker) reads. */

import type { Diagnostic } from '@hmmlab/dsl';
import type { Program } from '@hmmlab/runtime/program';
import type { SearchOptions } from '@hmmlab/runtime';

/** A file that was read: its name in places, where it is, and its text at that time. */
export interface SourceFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** Of a file that compiles. */
export interface SuiteData {
  /** All files that Programs and warnings point into. */
  readonly files: readonly SourceFile[];
  readonly warnings: readonly Diagnostic[];
  readonly search: SearchOptions;
}

/** Of one scenario in it. */
export interface ScenarioData {
  readonly title: string;
  /** Text of the `///` lines before it, or null. */
  readonly doc: string | null;
  /** Why it is skipped, or null. */
  readonly reason: string | null;
  readonly instances: readonly { readonly name: string; readonly program: Program }[];
}

/** Of a file that does not compile. */
export interface InvalidData {
  readonly files: readonly Pick<SourceFile, 'name' | 'path'>[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * One function per place of a scenario file, `"12:3"`; it calls its argument. vitest locates an
 * annotation by the stack at the call, and the function stands on a line that maps to the place.
 */
export type Places = Readonly<Record<string, (act: () => void) => void>>;
