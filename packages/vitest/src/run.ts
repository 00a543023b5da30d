// SPDX-License-Identifier: MIT
/**
 * What generated test modules call; not for people. Runs in vitest's workers, outside of Vite, and
 * never loads the front end.
 */

import { diagnosticText, diagnosticsError } from './diagnostics-error.ts';
import type { InvalidData, Places, ScenarioData, SuiteData } from './module-data.ts';
import type { Sources } from './failure.ts';
import { ScenarioTests } from './scenario-tests.ts';

export type { ScenarioTests } from './scenario-tests.ts';

/** The scenarios of one file. */
export interface Suite {
  /** @param json text of a `ScenarioData` */
  scenario(json: string): ScenarioTests;
}

/**
 * Opens a file that compiles; its warnings go to the console, which vitest shows with the file.
 *
 * @param json   text of a `SuiteData`
 * @param places one function per statement, see `Places`
 */
export function openSuite(json: string, places: Places): Suite {
  const suite = JSON.parse(json) as SuiteData;
  for (const warning of suite.warnings) {
    const { file, line, column } = warning.place;
    console.warn(`${file}:${line}:${column}: ${warning.code} ${diagnosticText(warning)}`);
  }
  const sources: Sources = new Map(suite.files.map((file) => [file.name, file]));
  const around = { sources, places, search: suite.search };
  return {
    scenario: (text) => new ScenarioTests(around, JSON.parse(text) as ScenarioData),
  };
}

/**
 * Fails a file that does not compile.
 *
 * @param json text of an `InvalidData`
 * @throws always
 */
export function throwDiagnostics(json: string): never {
  throw diagnosticsError(JSON.parse(json) as InvalidData);
}
