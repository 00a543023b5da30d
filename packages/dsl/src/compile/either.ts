// SPDX-License-Identifier: MIT
/** `either { } or { }`: a choice, then the block that was chosen. */

import { limits } from '../check/limits.ts';
import type { Either, Statement } from '../syntax/ast.ts';
import { WIDE_INT } from '../check/types.ts';
import type { Body } from './body.ts';

export function compileEither(
  statement: Either,
  body: Body,
  branch: (statement: Statement, body: Body) => void,
): void {
  const { code, context, emit } = body;
  const { branches } = statement;
  const word = { start: statement.start, end: statement.start + 'either'.length };
  const span = body.span(word);
  if (code.region !== null) {
    const help = 'choose before the atomic block, or write one in each branch';
    context.problems.error('HMM3016', body.at(word), 'a choice is a step of its own', help);
  }
  if (branches.length > limits.choices) {
    const message = `a choice among ${branches.length}; the limit is ${limits.choices}`;
    context.problems.error('HMM2019', body.at(word), message);
  }
  const chosen = emit.temporary(WIDE_INT);
  // No lines: a schedule stays good when the statement moves.
  const names = branches.map((_, i) => `branch ${i + 1}`);
  code.emit({ op: 'choose', to: chosen, from: 0, upTo: branches.length - 1, names }, span, {
    border: true,
  });
  const end = code.label();
  branches.forEach((block, i) => {
    const [take, next] = [code.label(), code.label()];
    const last = i === branches.length - 1;
    const test = {
      kind: 'binary',
      op: '==',
      a: { kind: 'local', slot: chosen },
      b: { kind: 'const', value: i },
    } as const;
    if (last) code.bind(take, code.reachable);
    else {
      code.branch(test, take, next, span);
      code.bind(take);
    }
    branch(block, body);
    if (!last) code.join(end, span);
    code.bind(next);
  });
  code.bind(end);
  body.flowing = true;
}
