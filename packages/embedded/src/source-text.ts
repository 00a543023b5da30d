// SPDX-License-Identifier: MIT
/** Names a template for the front end, and opens the way back to the .ts file. */

import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { LocatedLiteral, UnlocatedLiteral } from './locate.ts';
import { createPlaceMap } from './place-map.ts';
import type { Assembled, TemplateSource } from './template-source.ts';

let count = 0;

/** Names a template and makes its map. */
export function createSourceText(
  assembled: Assembled,
  literal: LocatedLiteral | UnlocatedLiteral,
): TemplateSource {
  const { text, pieces } = assembled;
  count++;
  if ('caller' in literal) {
    const { caller } = literal;
    const root = rootOf(caller?.file ?? null);
    const where = caller === null ? '' : ` in ${named(root, caller.file)}, line ${caller.line}`;
    const file = `hmm template${where}`;
    const name = `hmm template ${count}`;
    return { ...assembled, name, shown: { file, text }, path: null, root, places: (area) => area };
  }
  const root = rootOf(literal.file);
  const file = named(root, literal.file);
  // Beside the .ts file, so that imports are relative to it.
  const name = `${file} (template ${count})`;
  const places = createPlaceMap(text, pieces, literal);
  return {
    ...assembled,
    name,
    shown: { file, text: literal.source },
    path: literal.file,
    root,
    places,
  };
}

/** The working folder if the file is below it, else the file's own. */
function rootOf(file: string | null): string {
  const here = realpathSync(process.cwd());
  if (file === null || !existsSync(file)) return here;
  const way = relative(here, realpathSync(file));
  return way.startsWith('..') || resolve(way) === way ? dirname(realpathSync(file)) : here;
}

function named(root: string, file: string): string {
  const real = existsSync(file) ? realpathSync(file) : file;
  return relative(root, real).split(sep).join('/');
}
