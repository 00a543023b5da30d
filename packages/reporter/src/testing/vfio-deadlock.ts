// SPDX-License-Identifier: MIT
/** Zapping under memory_lock against a fault under mmap_sem, closed to a cycle by a queued writer. */

import type { ReportInput } from '../create-report.ts';
import type { Deed } from './build-case.ts';
import { buildCase } from './build-case.ts';

const source = `/// Two mmap_sem holds are reads; a queued writer closes the cycle.
scenario "vfio: zap against fault" for writer in [false, true] {
  rwsem mmap_sem, memory_lock

  thread zap:   down_write memory_lock; down_read mmap_sem; up_read mmap_sem; up_write memory_lock
  thread fault: down_read mmap_sem; down_read memory_lock; up_read memory_lock; up_read mmap_sem
  thread mmap if writer: down_write mmap_sem; up_write mmap_sem

  expect holds
}
`;

const zap: Deed = [
  'zap',
  5,
  'down_write memory_lock',
  { takes: ['memory_lock', 'write'], changes: ['memory_lock: free -> write zap'] },
];

const failing: readonly Deed[] = [
  zap,
  [
    'fault',
    6,
    'down_read mmap_sem',
    { takes: ['mmap_sem', 'read'], changes: ['mmap_sem: free -> read fault'] },
  ],
  [
    'mmap',
    7,
    'down_write mmap_sem: queues',
    {
      at: 'down_write mmap_sem',
      changes: ['mmap_sem: read fault -> read fault (queued: mmap write)'],
    },
  ],
  [
    'zap',
    5,
    'down_read mmap_sem: queues',
    {
      at: 'down_read mmap_sem',
      changes: [
        'mmap_sem: read fault (queued: mmap write) -> read fault (queued: mmap write, zap read)',
      ],
    },
  ],
  [
    'fault',
    6,
    'down_read memory_lock: queues',
    {
      at: 'down_read memory_lock',
      changes: ['memory_lock: write zap -> write zap (queued: fault read)'],
    },
  ],
];

const passing: readonly Deed[] = [
  zap,
  ['zap', 5, 'down_read mmap_sem', { changes: ['mmap_sem: free -> read zap'] }],
  ['zap', 5, 'up_read mmap_sem', { changes: ['mmap_sem: read zap -> free'] }],
  ['zap', 5, 'up_write memory_lock', { changes: ['memory_lock: write zap -> free'] }],
  ['fault', 6, 'down_read mmap_sem', { changes: ['mmap_sem: free -> read fault'] }],
];

/** The three-thread deadlock, ready to report. */
export function vfioDeadlock(): ReportInput {
  const { program, sources, span, trace, verdict } = buildCase({
    title: 'vfio: zap against fault',
    params: [{ name: 'writer', value: 'true' }],
    file: 'scenarios/vfio/zap-against-fault.hmm',
    threads: ['zap', 'fault', 'mmap'],
    source,
  });
  return {
    program,
    sources,
    findingIndex: 0,
    failing: trace(failing),
    passing: trace(passing),
    verdict: verdict({
      thread: 'fault',
      object: 'memory_lock',
      span: span(6, 'down_read memory_lock'),
      message:
        'zap waits for mmap_sem behind mmap; mmap waits for mmap_sem, held by fault; ' +
        'fault waits for memory_lock, held by zap',
      waiting: [
        {
          thread: 'zap',
          action: 'down_read mmap_sem',
          object: 'mmap_sem',
          span: span(5, 'down_read mmap_sem'),
          within: [],
          waitsFor: ['mmap'],
        },
        {
          thread: 'mmap',
          action: 'down_write mmap_sem',
          object: 'mmap_sem',
          span: span(7, 'down_write mmap_sem'),
          within: [],
          waitsFor: ['fault'],
        },
        {
          thread: 'fault',
          action: 'down_read memory_lock',
          object: 'memory_lock',
          span: span(6, 'down_read memory_lock'),
          within: [],
          waitsFor: ['zap'],
        },
      ],
    }),
  };
}
