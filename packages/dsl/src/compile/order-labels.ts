// SPDX-License-Identifier: MIT
/** What ordering constraints make of the labels that they name. */

import type { Label } from '../syntax/ast.ts';
import type { Body } from './body.ts';

/** Emits what constraints make of a label. */
export function compileOrderLabel({ name }: Label, body: Body): void {
  const { code } = body;
  const span = body.span(name);
  // A label is no statement that could stay unreached.
  code.endStatement();
  for (const { index, object, assumption } of body.context.orders.at(
    body.options.owner,
    name.name,
  )) {
    const [then, end] = [code.label(), code.label()];
    if (body.isReplicated) {
      const self = { kind: 'local', slot: 0 } as const;
      const test = {
        kind: 'binary',
        op: '==',
        a: self,
        b: { kind: 'const', value: index },
      } as const;
      code.branch(test, then, end, span);
    }
    code.bind(then, true);
    const address = { kind: 'object', object, cell: 0 } as const;
    if (assumption === null)
      code.emit({ op: 'store', address, value: { kind: 'const', value: 1 } }, span);
    else {
      const to = code.temporary({ kind: 'bool' });
      // Marked: the flag is ours, and no race of the scenario's threads.
      code.emit({ op: 'load', to, address }, span, { border: true, marked: true });
      code.emit({ op: 'assume', test: { kind: 'local', slot: to }, assumption }, span);
    }
    code.bind(end);
  }
}
