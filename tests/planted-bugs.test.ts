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
    from: 'up_read(vma->vm_mm->mmap_sem)\n      down_read(vdev->memory_lock)',
    to: 'down_read(vdev->memory_lock)',
    scenario: 'zap-against-fault',
    instance: 'vfio: zap against a fault [writer=false, page-fault/5.7 + drivers/vfio-pci/v1]',
    shows: 'lock_held_at_exit',
  },
  {
    mistake: 'a fault that may not be retried waits all the same',
    from: 'if (!allow_retry) return VM_FAULT_SIGBUS\n',
    to: '\n',
    scenario: 'fault-without-retry',
    instance: 'vfio: a fault that may not be retried [page-fault/5.7 + drivers/vfio-pci/v1]',
    shows: 'never_happens',
  },
  {
    mistake: 'the zap forgets the page table entry',
    from: '          vma->pte = PTE_NONE\n',
    to: '\n',
    scenario: 'merged-order',
    instance: 'vfio: disabled memory has no mapping [page-fault/5.7 + drivers/vfio-pci/5.14]',
    shows: 'invariant',
  },
  {
    mistake: 'vma_lock is dropped before memory_lock is taken',
    from: '    down_write(vdev->memory_lock)\n    mutex_unlock(vdev->vma_lock)\n',
    to: '    mutex_unlock(vdev->vma_lock)\n    down_write(vdev->memory_lock)\n',
    scenario: 'merged-order',
    instance: 'vfio: disabled memory has no mapping [page-fault/5.7 + drivers/vfio-pci/5.14]',
    shows: 'invariant',
  },
  {
    mistake: 'nobody wakes the faults that paused',
    from: '    wake_up_all(vdev->fault_wait)\n',
    to: '\n',
    scenario: 'pause-faults',
    instance:
      'vfio: faults sleep during a change [writer=true, page-fault/5.7 + drivers/vfio-pci/pause-during-change]',
    shows: 'lost_wakeup',
  },
];

function host(change: (text: string) => string): Host {
  const files = createNodeHost({ root });
  return {
    ...files,
    importFile(path, from) {
      const found = files.importFile(path, from);
      return 'text' in found ? { file: found.file, text: change(found.text) } : found;
    },
  };
}

/** Names of what speaks against the instance. */
function complaints({ scenario, instance }: Plant, change: (text: string) => string): string[] {
  const file = `scenarios/vfio/${scenario}.hmm`;
  const text = readFileSync(resolve(root, file), 'utf8');
  const { scenarios, diagnostics } = compile(text, file, host(change));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = scenarios
    .flatMap(({ instances }) => instances)
    .find(({ name }) => name === instance);
  expect(found?.name).toBe(instance);
  if (found === undefined) return [];
  // A mistake can make a model endless, such as one more read hold with every retry.
  const search = createSearch(found.program, { maxStates: 10_000 });
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
