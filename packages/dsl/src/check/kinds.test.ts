// SPDX-License-Identifier: MIT
/** What is said where a value of another kind, number or range is given, with the real kernel. */

import { expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { createNodeHost } from '../node/host.ts';

const host = createNodeHost({ root: import.meta.dirname });

/** Of a statement in a thread, in a world with every kind of object. */
function said(statement: string, use = 'linux/5.3'): readonly string[] {
  const text = `use ${use}
scenario "s" {
  mm M
  vma heap on M: 2 pages rw anon present
  device gpu mirrors M
  range R on gpu: heap
  mutex m
  rwsem s
  int x in 0..3, row[2]
  thread A {
${statement}
  }
}`;
  const { diagnostics } = compile(text, 'main.hmm', host);
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, place, message, help }) => `${place.column} ${code} ${message} (${help ?? ''})`);
}

test.each([
  [
    'down_read m',
    '11 HMM3002 a mutex where an rwsem is expected (a mutex is taken with mutex_lock and released with mutex_unlock)',
  ],
  [
    'mutex_lock s',
    '12 HMM3002 an rwsem where a mutex is expected (an rwsem is taken with down_read or down_write)',
  ],
  [
    'fault range heap',
    '13 HMM3001 struct vm_area_struct where struct hmm_range * is needed (`R` is one)',
  ],
  [
    'oom reap heap',
    '10 HMM3001 struct vm_area_struct where struct mm_struct * is needed (`M` is one)',
  ],
  [
    'reclaim R',
    '9 HMM3001 struct hmm_range where pages are needed (name a vma, or a part of it: `heap[0..2)`)',
  ],
  [
    'reclaim heap[0..3)',
    '9 HMM3014 the vma has pages [0..2) (write pages from 0 up to 2, the end not included)',
  ],
  [
    'fault range R, 2',
    '16 HMM3003 `fault range` takes 1 at most (it is fault range(struct hmm_range *range))',
  ],
  [
    'fault range R, 2, 3, 4',
    '16 HMM3003 `fault range` takes 1 at most (it is fault range(struct hmm_range *range))',
  ],
  [
    'fault range',
    '1 HMM3003 no argument for `range` of `fault range` (it is fault range(struct hmm_range *range))',
  ],
  ['mutex_lock', '1 HMM3003 `mutex_lock` takes one operand, not 0 (it is mutex_lock(mutex))'],
  ['x = 4', '5 HMM3004 4 is outside 0..3 (declare a wider range: `int n in 0..10000`)'],
  ['row[2] = 1', '5 HMM3004 index 2 is outside 0..1 (there are 2 elements, from 0 on)'],
  [
    'hmm_range_faul(R, true)',
    '1 HMM2005 there is no proc, verb or primitive `hmm_range_faul` (did you mean `hmm_range_fault`?)',
  ],
  [
    'faul range R',
    '1 HMM2005 there is no proc, verb or primitive `faul range` (did you mean `fault range`?)',
  ],
  [
    'nouveau_svm_fault(NULL)',
    '1 HMM2010 `nouveau_svm_fault` is a word of drivers/nouveau/5.2, drivers/nouveau/5.3-rc1, drivers/nouveau/5.3, drivers/nouveau/5.4, drivers/nouveau/5.5, drivers/nouveau/5.6, drivers/nouveau/gunthorpe and drivers/nouveau/patch-5, which are not used here (add `use drivers/nouveau/5.6`)',
  ],
])('%s', (statement, answer) => {
  expect(said(statement)).toEqual([answer]);
});

test('a driver on a core that it is not written for', () => {
  const text =
    'profile mine { }\nuse mine, drivers/nouveau/5.3\nscenario "s" { int x\nthread A: x = 1 }';
  const { diagnostics } = compile(text, 'main.hmm', host);
  expect(diagnostics.map(({ code, message, help }) => [code, message, help])).toEqual([
    [
      'HMM3010',
      'driver `nouveau/5.3` does not fit `mine`',
      'it is written for `linux/5.3-rc1`, `linux/5.3`',
    ],
  ]);
});
