// SPDX-License-Identifier: MIT
/**
 * One-line mistakes planted into the vfio-pci models: a scenario that passes must then fail, and by the
 * finding that the mistake deserves. So its `holds` is not one that nothing could shake.
 */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile, type Host } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface Plant {
  readonly mistake: string;
  /** The file of the model, below packages/runtime/kernel/drivers/vfio-pci. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly scenario: string;
  readonly instance: string;
  /** Name of a finding or problem that the unchanged model does not have there. */
  readonly shows: string;
}

// table
const plants: readonly Plant[] = [
  {
    mistake: 'the fault keeps mmap_sem while it waits for memory_lock',
    file: 'v1/vfio_pci.hmm',
    from: '      mmap_read_unlock(vma->vm_mm)\n',
    to: '\n',
    scenario: 'zap-against-fault',
    instance: 'vfio: zap against a fault [writer=false, linux/5.8 + drivers/vfio-pci/v1]',
    shows: 'lock_held_at_exit',
  },
  {
    mistake: 'a fault that may not be retried waits all the same',
    file: 'v1/vfio_pci.hmm',
    from: 'if (!(flags & FAULT_FLAG_ALLOW_RETRY)) return VM_FAULT_SIGBUS\n',
    to: '\n',
    scenario: 'fault-without-retry',
    instance: 'vfio: a fault that may not be retried [linux/5.8 + drivers/vfio-pci/v1]',
    shows: 'never_happens',
  },
  {
    mistake: 'the zap forgets the page table entry',
    file: 'v1/vfio_pci.hmm',
    from: '      zap_vma_ptes(vma, vma->vm_start, vma->vm_end)\n',
    to: '\n',
    scenario: 'merged-order',
    instance: 'vfio: disabled memory has no mapping [linux/5.14 + drivers/vfio-pci/5.14]',
    shows: 'invariant',
  },
  {
    mistake: 'vma_lock is dropped before memory_lock is taken',
    file: 'agreed.hmm',
    from: '    down_write(vdev->memory_lock)\n    mutex_unlock(vdev->vma_lock)\n',
    to: '    mutex_unlock(vdev->vma_lock)\n    down_write(vdev->memory_lock)\n',
    scenario: 'merged-order',
    instance: 'vfio: disabled memory has no mapping [linux/5.14 + drivers/vfio-pci/5.14]',
    shows: 'invariant',
  },
  {
    mistake: 'the zap of the inode comes before memory_lock',
    file: '6.10.hmm',
    from: '    down_write(vdev->memory_lock)\n    vfio_pci_zap_bars(vdev)\n',
    to: '    vfio_pci_zap_bars(vdev)\n    down_write(vdev->memory_lock)\n',
    scenario: 'merged-order',
    instance: 'vfio: disabled memory has no mapping [linux/6.10 + drivers/vfio-pci/6.10]',
    shows: 'invariant',
  },
  {
    mistake: 'a hot reset that gives up keeps the first vma_lock',
    file: '5.8.hmm',
    from: '  unlock_first:\n    mutex_unlock(first->vma_lock)\n',
    to: '  unlock_first:\n',
    scenario: 'hot-reset',
    instance: 'vfio: two hot resets [opposite=true, linux/5.8 + drivers/vfio-pci/5.8]',
    shows: 'lock_held_at_exit',
  },
  {
    mistake: 'nobody wakes the faults that paused',
    file: 'pause-faults.hmm',
    from: '    wake_up_all(vdev->fault_wait)\n',
    to: '\n',
    scenario: 'pause-faults',
    instance:
      'vfio: faults sleep during a change [writer=true, linux/5.8 + drivers/vfio-pci/pause-faults]',
    shows: 'lost_wakeup',
  },
];

function host(file: string, change: (text: string) => string): Host {
  const files = createNodeHost({ root });
  const changed = `kernel/drivers/vfio-pci/${file}`;
  return {
    ...files,
    profileFiles(name) {
      return files
        .profileFiles(name)
        .map((found) => (found.file === changed ? { ...found, text: change(found.text) } : found));
    },
  };
}

/** Names of what speaks against the instance. */
function complaints(plant: Plant, change: (text: string) => string): string[] {
  const { scenario, instance } = plant;
  const file = `scenarios/vfio/${scenario}.hmm`;
  const text = readFileSync(resolve(root, file), 'utf8');
  const { scenarios, diagnostics } = compile(text, file, host(plant.file, change));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = scenarios
    .flatMap(({ instances }) => instances)
    .find(({ name }) => name === instance);
  expect(found?.name).toBe(instance);
  if (found === undefined) return [];
  // A mistake can make a model endless, such as one more read hold with every retry.
  const search = createSearch(found.program, { maxStates: 20_000 });
  while (!search.advance(10_000));
  const { findings, problems, kind } = search.verdict();
  const unexpected = findings.filter(({ fails, expectedBy }) => fails && expectedBy === null);
  const names = [...unexpected, ...problems].map(({ name }) => name);
  return kind === 'inconclusive' ? [...names, kind] : names;
}

describe.each(plants)('$mistake', (plant) => {
  test('is in the model as it stands: no', () => {
    expect(complaints(plant, (text) => text)).toEqual([]);
  });

  test(`is found: ${plant.shows}`, () => {
    const change = (text: string): string => {
      expect(text).toContain(plant.from);
      return text.replace(plant.from, plant.to);
    };
    expect(complaints(plant, change)).toContain(plant.shows);
  });
});
