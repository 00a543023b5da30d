// SPDX-License-Identifier: MIT
/** How `hmm run` tells what happens; text and JSON listen each in their way. */

import type { Compilation } from '@hmmlab/dsl';
import type { CliError } from './codes.ts';
import type { InstanceResult } from './run-scenario.ts';

/** Called in this order: errors and compilations, results, end. */
export interface RunListener {
  error(error: CliError): void;
  /** A file was read; its diagnostics may make it invalid. */
  compiled(compilation: Compilation): void;
  result(result: InstanceResult): void;
  end(): void;
}
