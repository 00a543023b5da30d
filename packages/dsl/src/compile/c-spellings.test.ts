// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { compileText, complaints } from '../testing/memory-host.ts';

test.each(['mutex', 'rw_semaphore', 'completion', 'kref', 'work_struct', 'workqueue_struct'])(
  'struct %s is the built-in type',
  (name) => {
    const text = `struct foo { struct ${name} it }\nscenario "s" {\nstruct foo f\nthread A: cpu_relax\n}`;
    const { diagnostics } = compileText(text);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  },
);

test('unless there is a struct of that name', () => {
  const text = `struct mutex { int n }\nscenario "s" {\nstruct mutex m\nthread A: m.n = 1\n}`;
  expect(complaints(text)).toEqual([]);
});
