// SPDX-License-Identifier: MIT
/** The surface of the front end: text in, Programs and diagnostics out. */

import type { Program } from '@hmmlab/runtime/program';
import type { Diagnostic } from './diagnostics.ts';

/** How the front end gets at files. It never touches a file system itself. */
export interface Host {
  /**
   * Text of an imported file.
   *
   * @param path as written after `import`
   * @param from the importing file, as the host itself named it
   * @returns the host's name for the file (project relative, `/`-separated) and its text, or why not
   */
  importFile(
    path: string,
    from: string,
  ): { readonly file: string; readonly text: string } | { readonly missing: string };
  /** Files of a built-in profile (`linux/5.3`, `drivers/nouveau/5.3`), in a fixed order; empty if there is none. */
  profileFiles(name: string): readonly { readonly file: string; readonly text: string }[];
  /** Names of all built-in profiles, sorted; for suggestions. */
  profileNames(): readonly string[];
}

export interface Instance {
  /** `title [writer=true]`, unique in the file. */
  readonly name: string;
  readonly program: Program;
}

/** What is to be done with a scenario: run it, leave it out, run only such ones, or write it some day. */
export type ScenarioMode = 'run' | 'skip' | 'only' | 'todo';

export interface CompiledScenario {
  readonly title: string;
  readonly mode: ScenarioMode;
  /** Why it is skipped, if it says so. */
  readonly reason: string | null;
  /** In the order of the file, each once. */
  readonly tags: readonly string[];
  /** Text of the `///` lines before it, or null. */
  readonly doc: string | null;
  /** Place of the `scenario` keyword, or of the word before it. */
  readonly line: number;
  readonly column: number;
  /** Empty for a `todo` without a body. */
  readonly instances: readonly Instance[];
}

export interface Compilation {
  readonly file: string;
  /** Empty when any diagnostic is an error. */
  readonly scenarios: readonly CompiledScenario[];
  /** In order of place, own file first. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every text that was read, by the name used in places; for code frames and reports. */
  readonly sources: ReadonlyMap<string, string>;
  /** Imports of the file itself (not transitive), as written and where; for module graphs. */
  readonly imports: readonly {
    readonly path: string;
    readonly file: string | null;
    readonly line: number;
    readonly column: number;
  }[];
}
