// SPDX-License-Identifier: MIT
/** Spans of a Program as places for people. */

import type { Program, Span } from '@hmmlab/runtime/program';
import type { Location } from './report.ts';

/** Where a span begins. */
export function locationOf(program: Program, span: Span): Location {
  return { file: program.sources[span.file] ?? '?', line: span.line, column: span.column };
}
