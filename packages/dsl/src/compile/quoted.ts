// SPDX-License-Identifier: MIT
/** Source text as reports quote it. */

import type { Source } from '../load/source.ts';
import type { Node } from '../syntax/ast.ts';

/** The text of a node on one line, as it would stand there, wherever the file breaks it. */
export function quoted({ text }: Source, { start, end }: Node): string {
  const line = text.slice(start, end).replaceAll(/\s+/g, ' ');
  return line.replaceAll(/(?<=[([]) | (?=[)\]])/g, '');
}
