// SPDX-License-Identifier: MIT
/** Parsed text in a form that tests compare. */

import type { TopItem } from '../syntax/ast.ts';
import { parse } from '../syntax/parse.ts';
import { printAst } from './print-ast.ts';

/** All items of a file; throws on any diagnostic. */
export function items(text: string): readonly TopItem[] {
  const { ast, diagnostics } = parse(text, 'test.hmm');
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return ast?.items ?? [];
}

/** Statements of a proc's body, printed. */
export function statements(body: string): readonly string[] {
  const [found] = items(`proc p() {\n${body}\n}`);
  return found?.kind === 'proc' ? found.body.statements.map(printAst) : [];
}

/** Items of a scenario, printed. */
export function scenario(body: string): readonly string[] {
  const [found] = items(`scenario "s" {\n${body}\n}`);
  return found?.kind === 'scenario' ? found.items.map(printAst) : [];
}

/** Codes and places of what is wrong. */
export function errors(text: string): readonly string[] {
  return parse(text, 'test.hmm').diagnostics.map(
    ({ code, place }) =>
      `${code} ${place.line}:${place.column}-${place.endLine}:${place.endColumn}`,
  );
}
