// SPDX-License-Identifier: MIT
/**
 * Errors that point into .hmm files. vitest reads the text of `stack` line by line; the first place
 * gets the code frame.
 */

/** One line of a stack: an absolute file and a place from 1; `name` stands before it. */
export interface StackPlace {
  readonly name: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An error whose stack is exactly `places`, innermost first. */
export function locatedError(name: string, message: string, places: readonly StackPlace[]): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = [`${name}: ${withoutPlaces(message)}`, ...places.map(stackLine)].join('\n');
  return error;
}

/** No line of a message must look like one of a stack: `at a.hmm:3:5`. */
function withoutPlaces(message: string): string {
  return message.replace(/^(\s*)at (?=.*:\d+\)?$)/gm, '$1in ');
}

function stackLine({ name, file, line, column }: StackPlace): string {
  const place = `${file}:${line}:${column}`;
  return name === null ? `    at ${place}` : `    at ${name} (${place})`;
}
