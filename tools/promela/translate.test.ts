// SPDX-License-Identifier: MIT
/** What the translator does not know, it names. What it knows, SPIN judges: tests/spin. */

import type { ProgramBuilder } from '@hmmlab/runtime/testing';
import { buildProgram } from '@hmmlab/runtime/testing';
import { expect, test } from 'vitest';
import { toPromela, translate } from './translate.ts';

const refused: readonly (readonly [what: string, write: (b: ProgramBuilder) => void])[] = [
  [
    'signals',
    (b) => {
      b.environment = { ...b.environment, signals: true };
    },
  ],
  [
    'spurious wake-ups',
    (b) => {
      b.environment = { ...b.environment, spuriousWakeups: true };
    },
  ],
  ['daemons and workers', (b) => b.thread('D', () => {}, { kind: 'daemon' })],
  ['a workqueue', (b) => b.cell('wq', { kind: 'workqueue' })],
  ['a frames', (b) => b.cell('pfns', { kind: 'frames', count: 2 })],
  [
    'ptep_get_and_clear',
    (b) => {
      const pte = b.cell('pte', { kind: 'pte' });
      b.thread('A', (c) => c.primitive('ptep_get_and_clear', [pte], c.local('old')));
    },
  ],
  [
    'a mutex in an object of a pool',
    (b) => b.pool('foo', b.struct('foo', [['lock', { kind: 'mutex' }]]), 1, 'heap'),
  ],
  [
    'pointers in objects of a pool',
    (b) => {
      const next = { kind: 'ref', to: { kind: 'scalar' } } as const;
      b.pool('node', b.struct('node', [['next', next]]), 2, 'heap');
    },
  ],
  ['a choice of so many values', (b) => b.thread('A', (c) => c.choose(c.local('r'), 0, 100))],
];

test.each(refused)('%s has no translation', (what, write) => {
  expect(() => translate(buildProgram(write))).toThrow(`no Promela for ${what}`);
});

test('one step each, one process for each thread', () => {
  const program = buildProgram((b) => {
    const x = b.int('x', 0, 0, 3);
    b.thread('A', (c) => c.store(x, c.load(x)));
  });
  expect(toPromela([translate(program)])).toMatch(
    /proctype P0_T0\(\) \{\n {2}do\n {2}:: d_step \{ at\[0\] == 1;\n {4}l0\[0\] = m\[1\];\n {4}at\[0\] = 2 \}\n {2}:: d_step \{ at\[0\] == 2;/,
  );
});
