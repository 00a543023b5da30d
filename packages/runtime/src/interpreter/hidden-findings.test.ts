// SPDX-License-Identifier: MIT
/** What must not be lost: values that conditions read, locks nobody can release, findings beside others. */
import { describe, expect, test } from 'vitest';
import type { ScalarType } from '../program/index.ts';
import { exploreAll } from '../testing/explore-all.ts';
import type { CodeBuilder, LocalRef, ProgramBuilder } from '../testing/program-builder.ts';
import { binary } from '../testing/program-builder.ts';

describe('an observed local', () => {
  test('keeps its value while the call that will set it runs', () => {
    const { findings } = exploreAll((b) => {
      const x = b.int('x');
      const callee = b.proc('callee', 0, (c) => c.store(x, 1));
      b.thread(
        'A',
        (c) => {
          const ret = c.local('ret');
          c.set(ret, 5);
          c.call(callee, [], ret);
        },
        { observed: [0] },
      );
      const ret = { kind: 'thread-local', thread: 0, slot: 0 } as const;
      const most = { kind: 'const', value: 3 } as const;
      b.invariant({ kind: 'binary', op: '<=', a: ret, b: most }, 'A.ret <= 3');
    });
    expect(findings).toEqual(['invariant']);
  });
});

describe('a lock that is still held', () => {
  interface Heap {
    readonly pool: number;
    readonly pointer: ScalarType;
  }
  const heap = (b: ProgramBuilder, lifetime: 'heap' | 'scope'): Heap => {
    const struct = b.struct('foo', [['lock', { kind: 'mutex' }]]);
    const pointer = { kind: 'ref', to: { kind: 'struct', struct } } as const;
    return { pool: b.pool('foo', struct, 1, lifetime), pointer };
  };
  const dies = (lifetime: 'heap' | 'scope', die: (c: CodeBuilder, p: LocalRef) => void) =>
    exploreAll((b) => {
      const [x, { pool, pointer }] = [b.int('x'), heap(b, lifetime)];
      b.thread('A', (c) => {
        const p = c.local('p', pointer);
        c.emit({ op: lifetime === 'heap' ? 'alloc' : 'scope-begin', pool, to: p.slot }, true);
        c.primitive('mutex_lock', [p]);
        die(c, p);
        c.store(x, 1);
        c.store(x, 2);
      });
    }).findings;

  test('is not forgotten when its object is freed or its scope ends', () => {
    const free = (c: CodeBuilder, { slot }: LocalRef): void =>
      void c.emit({ op: 'free', address: { kind: 'local', slot } }, true);
    const end = (c: CodeBuilder, { slot }: LocalRef): void =>
      void c.emit({ op: 'scope-end', slot }, true);
    expect(dies('heap', free)).toEqual(['lock_held_at_exit on foo#1.lock in A']);
    expect(dies('scope', end)).toEqual(['lock_held_at_exit on foo.lock in A']);
  });

  test('is found at the end though it belongs to no thread', () => {
    const held = (release: boolean): readonly string[] =>
      exploreAll((b) => {
        const s = b.cell('s', { kind: 'rwsem' });
        b.thread('A', (c) => c.primitive('down_read_non_owner', [s]));
        b.thread(
          'B',
          (c) => c.primitive('wait_for_completion', [b.cell('c', { kind: 'completion' })]),
          {
            kind: 'daemon',
          },
        );
        if (release) b.thread('C', (c) => c.primitive('up_read_non_owner', [s]));
      }).findings;
    expect(held(false)).toEqual(['lock_held_at_exit on s']);
    expect(held(true)).toEqual(['unlock_not_held on s in C']);
  });

  test('is one finding for each lock of a thread that ends', () => {
    const { findings } = exploreAll((b) => {
      const [m, n] = [b.cell('m', { kind: 'mutex' }), b.cell('n', { kind: 'mutex' })];
      b.thread('A', (c) => {
        c.primitive('mutex_lock', [m]);
        c.primitive('mutex_lock', [n]);
      });
    });
    expect(findings).toEqual(['lock_held_at_exit on m in A', 'lock_held_at_exit on n in A']);
  });
});

describe('a finding before the first border of a thread', () => {
  test('is a step of that thread, whichever thread comes first, and hides no other', () => {
    const broken = (c: CodeBuilder): void => {
      const n = c.local('n');
      c.set(n, 1);
      c.assert(binary('==', n, 2), 'n == 2');
    };
    const found = (order: readonly ('A' | 'B' | 'C')[]): readonly string[] =>
      exploreAll((b) => {
        const m = b.cell('m', { kind: 'mutex' });
        const bodies = {
          A: broken,
          B: (c: CodeBuilder) => c.primitive('mutex_unlock', [m]),
          C: (c: CodeBuilder) => {
            const head = c.here;
            c.jump(head);
          },
        };
        for (const name of order) b.thread(name, bodies[name]);
      }).findings;
    const all = [
      'assertion in A',
      // The object of a divergence is its proc, here the thread's body.
      'local_divergence on C in C',
      'unlock_not_held on m in B',
    ];
    expect(found(['A', 'B', 'C'])).toEqual(all);
    expect(found(['C', 'B', 'A'])).toEqual(all);
  });
});

describe('two dead objects that refer to each other', () => {
  test('are used again', () => {
    const { findings } = exploreAll((b) => {
      const pointer: ScalarType = { kind: 'ref', to: { kind: 'struct', struct: 0 } };
      const pool = b.pool('node', b.struct('node', [['other', pointer]]), 2, 'heap');
      b.thread('A', (c) => {
        for (let round = 0; round < 2; round += 1) {
          const [p, q] = [c.local('p', pointer), c.local('q', pointer)];
          for (const { slot } of [p, q]) c.emit({ op: 'alloc', pool, to: slot }, true);
          c.store(p, q);
          c.store(q, p);
          for (const { slot } of [p, q]) {
            c.emit({ op: 'free', address: { kind: 'local', slot } }, true);
          }
        }
      });
    });
    expect(findings).toEqual([]);
  });
});

describe('a daemon that waits with a timeout', () => {
  test('may still let the others go on: they are stalled, not deadlocked', () => {
    const { findings, finals } = exploreAll((b) => {
      const [wq, done] = [
        b.cell('wq', { kind: 'wait_queue' }),
        b.cell('c', { kind: 'completion' }),
      ];
      b.thread(
        'D',
        (c) => {
          c.primitive('prepare_to_wait', [wq]);
          c.primitive('schedule_timeout', [wq]);
          c.primitive('complete_all', [done]);
          c.jump(0);
        },
        { kind: 'daemon' },
      );
      b.thread('A', (c) => c.primitive('wait_for_completion', [done]));
    });
    expect(findings).toEqual(['stalled_until_timeout on wq in D']);
    expect(finals).toEqual(['']);
  });
});
