// SPDX-License-Identifier: MIT
/** How `hmm run` tells what happens; text and JSON listen each in their way. */

import type { Compilation } from '@hmmlab/dsl';
import type { CliError } from './codes.ts';
import type { ExitCode } from './exit-code.ts';
import type { NotRun } from './plan-run.ts';
import type { InstanceResult } from './run-scenario.ts';

/** Called in this order: warnings, errors and compilations, results and what does not run, end. */
export interface RunListener {
  error(error: CliError): void;
  /** What makes all searches of this run slower or less than they could be. */
  warning(message: string): void;
  /** A file was read; its diagnostics may make it invalid. */
  compiled(compilation: Compilation): void;
  /** A scenario, or an instance of one, that the file says is not to be run. */
  notRun(entry: NotRun): void;
  /** A search that was stopped is in this file, to be gone on with. */
  kept(file: string): void;
  result(result: InstanceResult): void;
  /** What its own output says to the shell: 3 if that cannot be written. */
  end(): ExitCode;
}
