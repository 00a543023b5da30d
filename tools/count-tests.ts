// Reads vitest's json report. Kept apart from the script that runs vitest so that it can be tested.

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The part of the report that is read here. */
export interface JsonReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * Counts tests, and one failure for each file that failed without a failing test (it did not load).
 *
 * @param report content of the json reporter's file.
 * @param ok     whether vitest exited with 0.
 * @returns at least one failure if vitest failed for any other reason or ran no test at all.
 */
export function countTests(report: JsonReport, ok: boolean): Counts {
  const broken = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + broken.length;
  const unexplained = failed === 0 && (!ok || passed === 0);
  return { passed, failed: unexplained ? 1 : failed };
}
