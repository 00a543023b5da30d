// SPDX-License-Identifier: MIT
/** The lives of heap objects, local structs and reference counts. */

import type { TraceStep } from '@hmmlab/runtime';
import { isPart } from './footprint.ts';
import type { LifeInput, Mark } from './life.ts';

/** Steps that bring an object to life or end it, by turns. */
function turns(steps: readonly TraceStep[], object: string): readonly number[] {
  return steps.flatMap(({ written }, index) => (written.includes(object) ? [index] : []));
}

/** Allocation, look-up by the thread that is too late, end, use. */
export function heapMarks({ finding, trace: { steps }, object }: LifeInput): readonly Mark[] {
  const end = steps.length - 1;
  const lives = turns(steps.slice(0, end), object);
  const freed = lives.at(-1) ?? -1;
  const allocated = lives.at(-2) ?? -1;
  const user = steps[end]?.thread;
  const found = steps.findLastIndex(
    ({ thread, text }, index) =>
      index > allocated && index < end && thread === user && text.endsWith(` -> ${object}`),
  );
  const last = finding.name === 'double_free' ? 'freed again' : 'used';
  return [
    { index: allocated, what: 'allocated' },
    { index: found, what: 'looked up' },
    { index: freed, what: 'freed' },
    { index: end, what: last },
  ];
}

interface Count {
  readonly index: number;
  readonly before: number;
  readonly after: number;
}

/** Steps that count up or down in a cell, or in a cell of an object. */
function counts(steps: readonly TraceStep[], object: string): readonly Count[] {
  return steps.flatMap(({ changes, text }, index): Count[] => {
    const change = changes.find((each) => isPart(each.object, object));
    const isCounter = change?.object === object || /^(?:kref|refcount|atomic)_/.test(text);
    const [before, after] = [Number(change?.before), Number(change?.after)];
    if (change === undefined || !isCounter || Number.isNaN(before + after)) return [];
    return [{ index, before, after }];
  });
}

/** Gets and puts, and the step that is one too many. */
export function counterMarks({ finding, trace: { steps }, object }: LifeInput): readonly Mark[] {
  const own = counts(steps, object).map(({ index, before, after }) => ({
    index,
    what: after > before ? 'get' : 'put',
  }));
  const wrong = finding.name === 'refcount_underflow' ? 'put once more' : 'get once more';
  return [...own, { index: steps.length - 1, what: wrong }];
}

/** Allocation, gets and puts, who took the last reference, where the last pointer went. */
export function leakMarks({ trace: { steps }, object }: LifeInput): readonly Mark[] {
  const [born = -1] = turns(steps, object);
  const allocated = /^allocate | comes into scope$/.test(steps[born]?.text ?? '') ? born : -1;
  const own = counts(steps, object);
  const lastGet = own.findLast(({ before, after }) => after > before)?.index ?? -1;
  const lost = steps.findLastIndex(({ changes }) =>
    changes.some(({ before }) => before === object),
  );
  return [
    { index: allocated, what: 'allocated' },
    ...own.map(({ index, before, after }) => {
      if (index === lastGet) return { index, what: 'last get' };
      return { index, what: after > before ? 'get' : 'put' };
    }),
    { index: lost, what: 'last pointer gone' },
  ];
}
