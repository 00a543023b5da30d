// SPDX-License-Identifier: MIT
/** Diagnostics and errors of the command line as text. */

import type { Compilation, Diagnostic } from '@hmmlab/dsl';
import { codeFrame, renderCodeFrame, visible } from '@hmmlab/reporter';

import type { CliError } from './codes.ts';
import type { TextStream } from './console.ts';
import { paint } from './paint.ts';

/** Each with its place, code frame, notes and help, an empty line after each. */
export function printDiagnostics(
  { diagnostics, sources }: Pick<Compilation, 'diagnostics' | 'sources'>,
  stream: TextStream,
  width: number,
): void {
  for (const diagnostic of diagnostics)
    stream.write(`${diagnosticLines(diagnostic, sources, stream.color, width).join('\n')}\n\n`);
}

function diagnosticLines(
  diagnostic: Diagnostic,
  sources: ReadonlyMap<string, string>,
  color: boolean,
  width: number,
): readonly string[] {
  const colors = paint(color);
  const { severity, code, message, place, related, help } = diagnostic;
  const head = severity === 'error' ? colors.red(severity) : colors.yellow(severity);
  const frame = codeFrame(sources.get(place.file), place);
  return [
    `${placeText(place)}: ${head} ${code}: ${visible(message)}`,
    ...(frame === null ? [] : renderCodeFrame(frame, { width, color })),
    ...related.map((note) => `  note: ${visible(note.message)} (${placeText(note.place)})`),
    ...(help === null ? [] : [`  help: ${visible(help)}`]),
  ];
}

/** One line, and one more if there is something to try. */
export function printCliError({ code, message, help, place }: CliError, stream: TextStream): void {
  const colors = paint(stream.color);
  const where = place === undefined ? '' : `${placeText(place)}: `;
  stream.write(`${where}${colors.red('error')} ${code}: ${visible(message)}\n`);
  if (help !== null) stream.write(`  help: ${visible(help)}\n`);
}

function placeText({ file, line, column }: NonNullable<CliError['place']>): string {
  return `${visible(file)}:${line}:${column}`;
}
