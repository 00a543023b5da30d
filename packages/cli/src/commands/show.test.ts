// SPDX-License-Identifier: MIT
/** `hmm show`: the flattened text says what the profile said. */

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import * as plugin from '@hmmlab/dsl/prettier';
import { formatProgram } from '@hmmlab/runtime/program';
import { check as isFormatted } from 'prettier';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '../dispatch.ts';
import { recorder } from '../testing/recorder.ts';

let folder = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-show-')));
});
afterAll(() => rmSync(folder, { recursive: true }));

const host = createNodeHost({ root: import.meta.dirname });
const all = host.profileNames();
const cores = all.filter((name) => !name.startsWith('drivers/'));
const drivers = all.filter((name) => name.startsWith('drivers/'));

async function hmm(
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const { console, out, err } = recorder(folder);
  const code = await dispatch(words, console);
  return { code, out: out(), err: err() };
}

/**
 * The Programs of a scenario that uses core and driver, as these or as `text` defines them. A device, and
 * ranges of it, are part of it if `shown`, which is all there is of the two, says what they are.
 */
function programsOf(names: readonly string[], shown: string, text: string): readonly string[] {
  const ranges = shown.includes('verb fault range (');
  const scenario = `use ${names.join(', ')}
scenario "s" {
  mm M
  vma heap on M: 2 pages rw anon present
  ${shown.includes('world device (') ? 'device gpu mirrors M' : ''}
  ${ranges ? 'range R on gpu: heap' : ''}
  ${shown.includes('struct vfio_pci_mmap_vma {') ? 'pool struct vfio_pci_mmap_vma: 1' : ''}
  ${ranges ? 'thread A: down_read mmap_sem; fault range R; up_read mmap_sem' : ''}
  thread B: munmap heap
  thread C: reclaim heap[0..1)
}
`;
  const { scenarios, diagnostics } = compile(`${text}\n${scenario}`, 'main.hmm', host);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return scenarios.flatMap(({ instances }) =>
    instances.map(({ program }) => formatProgram(program)),
  );
}

test('without a name: all there are', async () => {
  expect(await hmm('show')).toEqual({ code: 0, out: `${all.join('\n')}\n`, err: '' });
  expect(cores).toContain('linux/5.3');
});

test.each(cores)('%s: formatted, and the same programs', async (name) => {
  const { code, out, err } = await hmm('show', '--profile', name);
  expect([code, err]).toEqual([0, '']);
  expect(await isFormatted(out, { parser: 'hmm', plugins: [plugin] })).toBe(true);
  expect(out).not.toMatch(/\b(?:extends|replace|remove)\b .*\{/);
  expect(programsOf([name], out, out)).toEqual(programsOf([name], out, ''));
});

test.each(drivers)('%s, on a core that it fits', async (name) => {
  const alone = await hmm('show', '--driver', name);
  const core = /for ([\w./-]+)/.exec(alone.out)?.[1] ?? '';
  const { code, out } = await hmm(
    'show',
    `--profile=${core}`,
    '--driver',
    name.replace('drivers/', ''),
  );
  expect(code).toBe(0);
  expect(out.endsWith(alone.out)).toBe(true);
  expect(programsOf([core, name], out, out)).toEqual(programsOf([core, name], out, ''));
});

test('where each definition comes from', async () => {
  const { out } = await hmm('show', '--profile', 'linux/5.3');
  const origin = (proc: string): string | undefined =>
    new RegExp(`// (\\S+):\\d+\\n(?: *///.*\\n)*  proc ${proc}\\(`).exec(out)?.[1];
  expect(origin('hmm_range_fault')).toBe('kernel/linux/5.3/hmm_range.hmm');
  expect(origin('hmm_range_register')).toBe('kernel/linux/5.3-rc1/hmm_range.hmm');
});

test('profiles of a file: replaced, removed, a bare replace gets its `proc`, rules', async () => {
  writeFileSync(
    join(folder, 'mine.hmm'),
    `profile mine/1 {
  /// Takes it.
  proc take(mutex *m) { mutex_lock(m) }
  proc drop(mutex *m) { mutex_unlock(m) }
  const N = 3
}
profile mine/2 extends mine/1 {
  rule readers_overtake off
  remove drop
  /// Tries.
  replace take(mutex *m) { if (mutex_trylock(m)) cpu_relax() }
  verb take both (mutex *a, mutex *b) { take(a); take(b) }
}
`,
  );
  const { code, out } = await hmm('show', '--profile', 'mine/2', 'mine.hmm');
  expect(code).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "profile mine/2 {
      rule readers_overtake off

      // mine.hmm:11
      /// Tries.
      proc take(mutex *m) { if (mutex_trylock(m)) cpu_relax() }

      // mine.hmm:5
      const N = 3

      // mine.hmm:12
      verb take both (mutex *a, mutex *b) { take(a); take(b) }
    }
    "
  `);
});

test.each([
  [['--profile', 'linux/2.6'], 'there is no profile `linux/2.6`'],
  [['--profile', 'drivers'], 'there is no profile `drivers`'],
  [['--driver', 'nouvau/5.3'], 'did you mean `drivers/nouveau/5.3`?'],
  [['--profile', 'mine/1', '--driver', 'nouveau/5.3', 'mine.hmm'], 'does not fit mine/1'],
  [['--profile', 'linux/5.3', 'nowhere.hmm'], "there is no file 'nowhere.hmm'"],
])('%j is refused', async (words, message) => {
  const { code, out, err } = await hmm('show', ...words);
  expect([code, out]).toEqual([3, '']);
  expect(err).toContain(message);
});
