// SPDX-License-Identifier: MIT
/** A template that does not compile. */

import { resolve } from 'node:path';
import type { Compilation, Diagnostic } from '@hmmlab/dsl';
import { codeFrame, renderCodeFrame, visible } from '@hmmlab/reporter';
import type { TemplateSource } from './template-source.ts';

const WIDTH = 100;

/** Thrown by `run`. Its stack is the places of the errors, so that vitest shows the first one's code. */
export class HmmError extends Error {
  override readonly name: string = 'HmmError';
  /** Errors and warnings, in order of place. */
  readonly diagnostics: readonly Diagnostic[];

  constructor({ diagnostics, sources }: Compilation, { root }: TemplateSource) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    super(errors.map((error) => textOf(error, sources)).join('\n\n'));
    this.diagnostics = diagnostics;
    const places = errors.map(
      ({ place: { file, line, column } }) => `    at ${resolve(root, file)}:${line}:${column}`,
    );
    this.stack = [`${this.name}: ${this.message}`, ...places].join('\n');
  }
}

function textOf(diagnostic: Diagnostic, sources: Compilation['sources']): string {
  const { code, message, place, related, help } = diagnostic;
  const frame = codeFrame(sources.get(place.file), place);
  return [
    `${code}: ${visible(message)} (${placeText(place)})`,
    ...(frame === null ? [] : renderCodeFrame(frame, { width: WIDTH, color: false })),
    ...related.map((note) => `  note: ${visible(note.message)} (${placeText(note.place)})`),
    ...(help === null ? [] : [`  help: ${visible(help)}`]),
  ].join('\n');
}

function placeText({ file, line, column }: Diagnostic['place']): string {
  return `${visible(file)}:${line}:${column}`;
}
