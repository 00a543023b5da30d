// SPDX-License-Identifier: MIT
/** What every transition ends with: objects that nothing refers to may be used again, invariants are judged. */

import { localName } from './body.ts';
import type { Check } from './expressions.ts';
import { number, printExpr } from './expressions.ts';
import type { Model } from './model.ts';
import type { Steps } from './steps.ts';

export function settle(steps: Steps): void {
  steps.body.say(...reuse(steps.model));
  steps.body.failIfAny(invariants(steps.model));
}

/** A dead object stays dead, and what it holds out of use, while something refers to it. */
function reuse(model: Model): readonly string[] {
  if (!model.allocates) return [];
  return model.memory.pools.flatMap(({ slot, capacity, base, size }) =>
    Array.from({ length: capacity }, (_, i) => {
      const first = base + i * size;
      const references = referencesTo(model, first, size).map((one) => `!(${one})`);
      const cells = Array.from({ length: size }, (_unused, c) => {
        const initial = model.memory.cells[first + c]?.initial ?? 0;
        return `m[${first + c}] = ${number(initial)}`;
      });
      const gone = [`st[${slot + i}] == 2`, ...references].join(' && ');
      return `if :: (${gone}) -> ${[`st[${slot + i}] = 0`, ...cells].join('; ')} :: else fi`;
    }),
  );
}

/** What refers to the object of `size` cells at `base`, as conditions. */
function referencesTo(model: Model, base: number, size: number): readonly string[] {
  const leads = (place: string): string => `${place} >= ${base} && ${place} < ${base + size}`;
  const cells = model.memory.cells.flatMap(({ type, slot }, address) => {
    if (address === 0 || type.kind !== 'ref') return [];
    return [
      slot === null ? leads(`m[${address}]`) : `st[${slot}] == 1 && ${leads(`m[${address}]`)}`,
    ];
  });
  const lists = model.compoundsOf('list').map((k) => `q[${k}]??[${base}]`);
  const locals = model.frames.all.flatMap((frame) =>
    frame.proc.locals.flatMap(({ type }, slot) =>
      type.kind === 'ref' ? [leads(localName(frame, slot))] : [],
    ),
  );
  return [...cells, ...lists, ...locals];
}

/** An invariant that reads NULL or something gone is broken like one that is false. */
function invariants(model: Model): readonly Check[] {
  const { program, memory } = model;
  const local = (): never => {
    throw new Error('an invariant has no locals');
  };
  return program.invariants.flatMap(({ condition }) => {
    const threadLocal = observedLocal(model);
    const scope = { program, memory, local, threadLocal };
    const { text, checks } = printExpr(condition, scope, true);
    return [...checks.map(({ bad }) => bad), `${text} == 0`].map((bad) => ({
      bad,
      finding: 'invariant',
    }));
  });
}

/** A top-level local that conditions read: it stays at its place when the thread has ended. */
export function observedLocal(model: Model): (thread: number, slot: number) => string {
  return (thread, slot) => localName(model.frames.outermost(thread), slot);
}
