// SPDX-License-Identifier: MIT
/** Reports as JSON: the data itself, as docs/report.schema.json describes it. */

import type { Report } from '../report.ts';

/** Raised whenever a reader of an older one could go wrong; additions are none. */
export const REPORT_VERSION = 1;

/** The document: what `hmm run --format json` writes. */
export interface ReportDocument {
  readonly format: 'hmmlab-report';
  readonly version: number;
  readonly reports: readonly Report[];
}

/** Two blanks of indentation, no line feed at the end. */
export function renderJson(reports: readonly Report[]): string {
  const document: ReportDocument = { format: 'hmmlab-report', version: REPORT_VERSION, reports };
  return JSON.stringify(document, null, 2);
}
