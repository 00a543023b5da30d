// SPDX-License-Identifier: MIT
/** `choose(a, b, c)`: the choice first, then the value that was chosen. */

import type { Expr } from '@hmmlab/runtime/program';
import type { Typed } from '../check/typed.ts';
import { WIDE_INT } from '../check/types.ts';
import type { Emission } from './emission.ts';
import { isSimple } from './simple.ts';

/** @param to local that shall receive the value, or null */
export function emitChoice(
  typed: Extract<Typed, { kind: 'choose-of' }>,
  to: number | null,
  emit: Emission,
): Expr {
  const { code } = emit;
  const { values, texts: names } = typed;
  const span = emit.span(typed.node);
  const chosen = emit.temporary(WIDE_INT);
  code.emit({ op: 'choose', to: chosen, from: 0, upTo: values.length - 1, names }, span, {
    border: true,
  });
  if (values.every(isSimple))
    return select(
      values.map((value) => emit.value(value)),
      chosen,
    );
  const slot = to ?? emit.temporary(typed.type);
  const end = code.label();
  values.forEach((value, i) => {
    const [take, next] = [code.label(), code.label()];
    const last = i === values.length - 1;
    if (!last) code.branch(isChosen(chosen, i), take, next, span);
    code.bind(take);
    code.emit({ op: 'let', to: slot, value: emit.value(value) }, emit.span(value.node));
    if (!last) code.join(end, span);
    code.bind(next);
  });
  code.bind(end);
  return { kind: 'local', slot };
}

function isChosen(slot: number, index: number): Expr {
  return {
    kind: 'binary',
    op: '==',
    a: { kind: 'local', slot },
    b: { kind: 'const', value: index },
  };
}

/** One of `values`, which are all worked out already. */
function select(values: readonly Expr[], chosen: number): Expr {
  return values.reduceRight((rest, value, i) => ({
    kind: 'conditional',
    test: isChosen(chosen, i),
    then: value,
    else: rest,
  }));
}
