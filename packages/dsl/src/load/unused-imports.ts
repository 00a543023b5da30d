// SPDX-License-Identifier: MIT
/** Imports of a file none of whose names the file mentions. */

import type { Problems } from '../check/problems.ts';
import type { Import, TopItem } from '../syntax/ast.ts';
import { scan } from '../syntax/scan.ts';
import type { Library } from './library.ts';
import type { Source } from './source.ts';

/** Warns about imports of the compiled file, which must have scenarios: other files hand on what they import. */
export function warnUnusedImports(library: Library, problems: Problems): void {
  const { own } = library;
  const imports = (own.ast?.items ?? []).filter((item): item is Import => item.kind === 'import');
  if (imports.length === 0) return;
  const words = wordsOf(own);
  for (const item of imports) {
    const offered = reachable(item, library).flatMap(
      ({ ast }) => ast?.items.flatMap(namesOf) ?? [],
    );
    if (offered.some((name) => name === ANYWAY || words.has(name))) continue;
    const at = { source: own, node: item.path };
    const message = `nothing of \`${item.path.value}\` is used here`;
    problems.warning('HMM2024', at, message, 'take the import out');
  }
}

/** Stands for what takes effect without being named. */
const ANYWAY = '';

/** Every word of a text, and the names of profiles in its strings. */
function wordsOf({ text }: Source): ReadonlySet<string> {
  return new Set(scan(text).tokens.flatMap(({ image }) => [image, ...image.split(/["+\s]+/)]));
}

/** The imported file and those that it imports. */
function reachable(item: Import, { targets }: Library): readonly Source[] {
  const found = new Set<Source>();
  const visit = (inner: Import): void => {
    const target = targets.get(inner);
    if (target === undefined || found.has(target)) return;
    found.add(target);
    for (const next of target.ast?.items ?? []) if (next.kind === 'import') visit(next);
  };
  visit(item);
  return [...found];
}

function namesOf(item: TopItem): readonly string[] {
  switch (item.kind) {
    case 'import':
    case 'scenario':
      return [];
    case 'use':
      return [ANYWAY];
    case 'profile':
      return [item.name.name, `drivers/${item.name.name}`];
    case 'enum':
      return [item.name.name, ...item.members.map((member) => member.name)];
    case 'verb':
      return item.words.slice(0, 1).map((word) => word.name);
    case 'world':
      return [item.word.name];
    case 'const':
    case 'struct':
    case 'ops':
    case 'ops-table':
    case 'proc':
      return [item.name.name];
  }
}
