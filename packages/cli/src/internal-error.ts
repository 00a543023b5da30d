// SPDX-License-Identifier: MIT
/** Something that hmmlab itself did wrong, for the person who will report it. */

import type { CliError } from './codes.ts';

/** HMM9001 with the stack in one line. */
export function internalError(thrown: unknown): CliError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const stack = frames.map((line) => line.trim()).join(' ');
  return {
    code: 'HMM9001',
    message: `a mistake of hmmlab itself: ${error.message}`,
    help: `please report it with your files and this: ${stack}`,
  };
}
