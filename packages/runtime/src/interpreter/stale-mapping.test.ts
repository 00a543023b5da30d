// SPDX-License-Identifier: MIT
/** Page frames, and device tables compared with the page table that they mirror. */
import { describe, expect, test } from 'vitest';
import { exploreAll, exploreProgram } from '../testing/explore-all.ts';
import type { PteKind } from '../program/index.ts';
import { PTE_KINDS, pteKindNumber } from '../program/index.ts';
import type { CellRef, CodeBuilder } from '../testing/program-builder.ts';
import { buildProgram } from '../testing/program-builder.ts';

const entry = (kind: PteKind, pfn: number): number => pfn * PTE_KINDS.length + pteKindNumber(kind);

const NONE = 0;
const read = (pfn: number): number => entry('ro', pfn);
const write = (pfn: number): number => entry('rw', pfn);

interface World {
  readonly cpu: CellRef;
  readonly gpu: CellRef;
  readonly owed: CellRef;
}

/** One page, mapped by `cpu` at first, and a device table of one entry. */
function mirrored(cpuEntry: number, body: (c: CodeBuilder, world: World) => void) {
  const pte = { kind: 'pte' } as const;
  const program = buildProgram((b) => {
    const cpu = b.cell('pte', pte, cpuEntry);
    const world = { cpu, gpu: b.cell('entry', pte), owed: b.cell('owed', { kind: 'owed' }) };
    b.thread('A', (c) => body(c, world));
  });
  const place = (object: number) => ({ object, cell: 0 });
  const mirror = { name: 'gpu', device: place(1), pageTable: place(0), pages: 1, owed: place(2) };
  return exploreProgram({ ...program, mirrors: [{ ...mirror, span: program.span }] }).findings;
}

const STALE = ['stale_mapping on entry in A'];

describe('a device entry', () => {
  test.each([
    [read(1), read(1), []],
    [write(1), read(1), []],
    [write(1), write(1), []],
    [read(1), write(1), STALE],
    [read(1), read(2), STALE],
    [write(2), write(1), STALE],
    [NONE, read(1), STALE],
    [NONE, NONE, []],
    [read(1), NONE, []],
    // Present, but the CPU has no access.
    [entry('protnone ro', 1), read(1), STALE],
    [entry('protnone rw', 1), read(1), STALE],
    // Swapped out, or on the way to another frame: nothing is permitted.
    [entry('swap', 1), read(1), STALE],
    [entry('migration rw', 1), read(1), STALE],
    // Memory of a device that is not this one.
    [entry('device private rw', 1), read(1), STALE],
    // Kept from the CPU for the device.
    [entry('device exclusive rw', 1), write(1), []],
    [entry('device exclusive ro', 1), write(1), []],
    [entry('device exclusive rw', 2), write(1), STALE],
  ])('page table %d, device %d: %j', (cpu, device, findings) => {
    expect(mirrored(cpu, (c, { gpu }) => c.store(gpu, device))).toEqual(findings);
  });

  test('goes stale when the page table changes under it', () => {
    const zap = (c: CodeBuilder, { cpu, gpu }: World): void => {
      c.store(gpu, read(1));
      c.store(cpu, NONE);
    };
    expect(mirrored(write(1), zap)).toEqual(STALE);
  });

  test.each([
    [0, 1, []],
    [1, 2, STALE],
    [0, 0, STALE],
  ])('is excused while an invalidation of [%d, %d) is owed: %j', (start, end, findings) => {
    const zap = (c: CodeBuilder, { cpu, gpu, owed }: World): void => {
      c.primitive('owe_invalidation', [owed, start, end]);
      c.store(gpu, read(1));
      c.store(cpu, NONE);
      c.store(gpu, NONE);
      c.primitive('deliver_invalidation', [owed, start, end]);
    };
    expect(mirrored(write(1), zap)).toEqual(findings);
  });

  test('is stale again once the invalidation was delivered without effect', () => {
    const zap = (c: CodeBuilder, { cpu, gpu, owed }: World): void => {
      c.store(gpu, read(1));
      c.primitive('owe_invalidation', [owed, 0, 1]);
      c.store(cpu, NONE);
      c.primitive('deliver_invalidation', [owed, 0, 1]);
    };
    expect(mirrored(write(1), zap)).toEqual(STALE);
  });

  test('is excused until the last of several invalidations is delivered', () => {
    const zap =
      (beforeFlush: number) =>
      (c: CodeBuilder, { cpu, gpu, owed }: World): void => {
        const deliver = (times: number): void => {
          for (let i = 0; i < times; i++) c.primitive('deliver_invalidation', [owed, 0, 1]);
        };
        c.store(gpu, read(1));
        for (let i = 0; i < 2; i++) c.primitive('owe_invalidation', [owed, 0, 1]);
        c.store(cpu, NONE);
        deliver(beforeFlush);
        c.store(gpu, NONE);
        deliver(2 - beforeFlush);
      };
    expect(mirrored(write(1), zap(1))).toEqual([]);
    expect(mirrored(write(1), zap(2))).toEqual(STALE);
  });

  test('is not excused at the end by an invalidation that nobody delivered', () => {
    const zap = (c: CodeBuilder, { cpu, gpu, owed }: World): void => {
      c.store(gpu, read(1));
      c.primitive('owe_invalidation', [owed, 0, 1]);
      c.store(cpu, NONE);
    };
    expect(mirrored(write(1), zap)).toEqual(['stale_mapping on entry']);
  });
});

describe('page frames', () => {
  test('a freed frame is handed out again at once, the lowest first', () => {
    const { findings, finals } = exploreAll((b) => {
      const frames = b.cell('frames', { kind: 'frames', count: 2 });
      const [x, y, z] = [b.int('x'), b.int('y'), b.int('z')];
      b.thread('A', (c) => {
        const [p, q, r] = [c.local('p'), c.local('q'), c.local('r')];
        c.primitive('pfn_alloc', [frames], p);
        c.primitive('pfn_alloc', [frames], q);
        c.primitive('pfn_free', [frames, p]);
        c.primitive('pfn_alloc', [frames], r);
        c.store(x, p);
        c.store(y, q);
        c.store(z, r);
      });
    });
    expect(findings).toEqual([]);
    expect(finals).toEqual(['x=1 y=2 z=1']);
  });

  const frames = (count: number, body: (c: CodeBuilder, frames: CellRef) => void) =>
    exploreAll((b) => {
      const all = b.cell('frames', { kind: 'frames', count });
      b.thread('A', (c) => body(c, all));
    });

  test('freeing a free one is a double free; running out is a limit', () => {
    const twice = frames(1, (c, all) => {
      c.primitive('pfn_alloc', [all], c.local('p'));
      c.primitive('pfn_free', [all, 1]);
      c.primitive('pfn_free', [all, 1]);
    });
    expect(twice.findings).toEqual(['double_free on frames in A']);
    const allocate = (c: CodeBuilder, all: CellRef): void => {
      c.primitive('pfn_alloc', [all], c.local('p'));
      c.primitive('pfn_alloc', [all], c.local('q'));
    };
    expect(() => frames(1, allocate)).toThrow(/frames/);
  });
});
