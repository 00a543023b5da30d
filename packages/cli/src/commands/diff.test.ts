// SPDX-License-Identifier: MIT
/** `hmm diff`: what two profiles say differently. */

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import { recorder } from '../testing/recorder.ts';

let folder = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-diff-')));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function diff(
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const { console, out, err } = recorder(folder);
  const code = await dispatch(['diff', ...words], console);
  return { code, out: out(), err: err() };
}

test('linux/5.3-rc1 and linux/5.3: the unlock on -EAGAIN goes', async () => {
  const { code, out } = await diff('linux/5.3-rc1', 'linux/5.3');
  expect(code).toBe(0);
  const fault = out.slice(out.indexOf('\n  proc hmm_range_fault '));
  const marked = fault.split('\n').filter((line) => /^[-+] {3,}(?!\/\/\/)/.test(line));
  expect(marked).toEqual([
    '-       if (!range->valid) {',
    '-         up_read(mm->mmap_sem)',
    '-         return -EAGAIN',
    '-       }',
    '+       if (!range->valid) return -EBUSY',
  ]);
  expect(out).toMatch(
    /^ {2}proc hmm_range_fault {2}\(kernel\/linux\/5\.3-rc1\/hmm_range\.hmm:\d+ -> kernel\/linux\/5\.3\/hmm_range\.hmm:\d+\)$/m,
  );
});

test('back again, the signs are the other way round', async () => {
  const { out } = await diff('linux/5.3', 'linux/5.3-rc1');
  expect(out).toContain('-       if (!range->valid) return -EBUSY\n+       if (!range->valid) {\n');
});

test('a profile and itself', async () => {
  const { code, out } = await diff('linux/5.3', 'linux/5.3');
  expect(code).toBe(0);
  expect(out).toMatch(/^linux\/5\.3 -> linux\/5\.3\n\n\d+ definitions are the same\n$/);
});

test('drivers', async () => {
  const { out } = await diff('drivers/nouveau/5.3-rc1', 'drivers/nouveau/5.3');
  const changed = [...out.matchAll(/^ {2}(proc \w+) /gm)].map(([, name]) => name);
  expect(changed).toEqual(['proc nouveau_range_fault', 'proc nouveau_svm_fault']);
  expect(out).toContain('\n+       up_read(range->vma->vm_mm->mmap_sem)\n');
});

test('added, removed, changed, laid out otherwise; rules', async () => {
  writeFileSync(
    join(folder, 'mine.hmm'),
    `profile one {
  rule readers_overtake on
  proc same(mutex *m) { mutex_lock(m) }
  proc laid_out(mutex *m) { mutex_lock(m); mutex_unlock(m) }
  struct gone { int n }
  enum colour { RED, GREEN }
}
profile two {
  rule readers_overtake off
  verb take it (mutex *m) { mutex_lock(m) }
  proc laid_out(mutex *m) {
    mutex_lock(m)
    mutex_unlock(m)
  }
  enum colour { RED, BLUE }
  proc same(mutex *m) { mutex_lock(m) }
}
`,
  );
  const { out } = await diff('one', 'two', 'mine.hmm');
  expect(out).toMatchInlineSnapshot(`
    "one -> two

    - rule readers_overtake on
    + rule readers_overtake off

    - struct gone  (mine.hmm:5)

    + verb take it  (mine.hmm:10)

      enum colour  (mine.hmm:6 -> mine.hmm:15)
    -   enum colour { RED, GREEN }
    +   enum colour { RED, BLUE }

    2 definitions are the same
    "
  `);
});

test('names that there are not', async () => {
  expect(await diff('linux/5.3', 'linux/5.33')).toMatchObject({ code: 3, out: '' });
  expect((await diff('linux/5.3')).code).toBe(3);
});
