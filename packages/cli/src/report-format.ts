// SPDX-License-Identifier: MIT
/** The forms in which `hmm run` gives its reports to others, and which one a file's name asks for. */

import { extname } from 'node:path';

/** In the order of the help; `terminal` is what a terminal shows, without colour. */
export const REPORT_FORMATS = ['terminal', 'mail', 'markdown', 'svg', 'json'] as const;

/** One of them. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const BY_EXTENSION: ReadonlyMap<string, ReportFormat> = new Map([
  ['.txt', 'terminal'],
  ['.eml', 'mail'],
  ['.mbox', 'mail'],
  ['.md', 'markdown'],
  ['.svg', 'svg'],
  ['.json', 'json'],
]);

/** Null for an extension that says nothing. */
export function formatOfFile(file: string): ReportFormat | null {
  return BY_EXTENSION.get(extname(file).toLowerCase()) ?? null;
}

/** Where the reports of a run go, and how they look. */
export interface ReportTarget {
  readonly format: ReportFormat;
  /** Null for standard output. */
  readonly file: string | null;
  readonly theme: 'light' | 'dark';
}
