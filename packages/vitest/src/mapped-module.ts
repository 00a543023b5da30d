// SPDX-License-Identifier: MIT
/**
 * Generated JavaScript with its source map. One segment at the first column of a line is enough: a
 * place on the line resolves to the nearest segment before it.
 */

import { GenMapping, addSegment, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping';

/** One generated line, and the place (from 1) of the source file that it stands for. */
export interface MappedLine {
  readonly code: string;
  readonly place: { readonly line: number; readonly column: number } | null;
}

/** Code and map as a transform hook returns them. */
export interface MappedModule {
  readonly code: string;
  readonly map: string;
}

/** Joins the lines; `file` is the absolute path of the source and `text` its content. */
export function mappedModule(
  file: string,
  text: string,
  lines: readonly MappedLine[],
): MappedModule {
  const map = new GenMapping({ file });
  setSourceContent(map, file, text);
  lines.forEach(({ place }, index) => {
    if (place !== null) addSegment(map, index, 0, file, place.line - 1, place.column - 1);
  });
  return {
    code: `${lines.map((line) => line.code).join('\n')}\n`,
    map: JSON.stringify(toEncodedMap(map)),
  };
}
