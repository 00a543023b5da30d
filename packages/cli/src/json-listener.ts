// SPDX-License-Identifier: MIT
/** `hmm run --json`: collects everything and prints one object at the end. */

import { version } from './commands/version.ts';
import type { Console } from './console.ts';
import {
  type JsonDiagnostic,
  type JsonOutput,
  type JsonScenario,
  jsonCliError,
  jsonDiagnostic,
  jsonInvalid,
  jsonScenario,
} from './json-output.ts';
import { isInvalid } from './load-file.ts';
import type { NotRun } from './plan-run.ts';
import type { RunListener } from './run-listener.ts';

/** Nothing but the object goes to standard output, and nothing to standard error. */
export function createJsonListener(console: Console): RunListener {
  const diagnostics: JsonDiagnostic[] = [];
  const warnings: string[] = [];
  const scenarios: JsonScenario[] = [];
  const notRun: NotRun[] = [];
  return {
    error: (error) => void diagnostics.push(jsonCliError(error)),
    kept: () => {},
    warning: (message) => void warnings.push(message),
    compiled(compilation) {
      const own = compilation.diagnostics.map(jsonDiagnostic);
      diagnostics.push(...own);
      if (isInvalid(compilation)) scenarios.push(jsonInvalid(compilation.file, own));
    },
    notRun: (entry) => void notRun.push(entry),
    result: (result) => void scenarios.push(jsonScenario(result, warnings)),
    end() {
      const output: JsonOutput = { version: version(), diagnostics, scenarios, notRun };
      console.out.write(`${JSON.stringify(output, null, 2)}\n`);
      return 0;
    },
  };
}
