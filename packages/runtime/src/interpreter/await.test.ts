// SPDX-License-Identifier: MIT
/** `await` and atomic blocks: when they are enabled, what they are part of, and what goes wrong in them. */
import { describe, expect, test } from 'vitest';
import type { Program, StateExpr } from '../program/index.ts';
import { exploreAll, exploreProgram } from '../testing/explore-all.ts';
import { binary, buildProgram, valueOf } from '../testing/program-builder.ts';
import type { CellRef } from '../testing/program-builder.ts';
import { createInterpreter } from './interpreter.ts';

const is = (cell: CellRef, value: number): StateExpr => ({
  kind: 'binary',
  op: '==',
  a: valueOf(cell),
  b: { kind: 'const', value },
});

describe('await', () => {
  test('is there only while its condition is true, and its block is part of it', () => {
    const { finals, findings, states } = exploreAll((b) => {
      const [x, y] = [b.int('x'), b.int('y')];
      b.thread('A', (c) => c.store(x, 1));
      b.thread('B', (c) => {
        c.atomic(is(x, 1), () => {
          c.store(y, c.load(x));
          c.store(x, 0);
        });
      });
    });
    expect(findings).toEqual([]);
    expect(finals).toEqual(['x=0 y=1']);
    expect(states.length).toBe(3);
  });

  test('a thread that awaits for ever is a deadlock with its condition, a daemon is idle', () => {
    const program = buildProgram((b) => {
      const x = b.int('x');
      b.thread('A', (c) => c.atomic(is(x, 1)));
    });
    const machine = createInterpreter(program);
    const start = machine.initial();
    if (start.kind !== 'state') throw new Error('no initial state');
    expect(machine.enabled(start.state)).toEqual([]);
    const ending = machine.ending(start.state, []);
    expect(ending).toMatchObject({
      kind: 'stuck',
      occurrences: [
        {
          name: 'deadlock',
          object: null,
          message: 'A awaits condition',
          waiting: [{ thread: 'A', action: 'await condition', object: 'condition', waitsFor: [] }],
        },
      ],
    });
    const { findings } = exploreAll((b) => {
      const x = b.int('x');
      b.thread('D', (c) => c.atomic(is(x, 1)), { kind: 'daemon' });
    });
    expect(findings).toEqual([]);
  });

  test('a daemon that holds a lock is not idle', () => {
    const { findings } = exploreAll((b) => {
      const [x, m] = [b.int('x'), b.cell('m', { kind: 'mutex' })];
      b.thread(
        'D',
        (c) => {
          c.primitive('mutex_lock', [m]);
          c.atomic(is(x, 1));
        },
        { kind: 'daemon' },
      );
    });
    expect(findings).toEqual(['deadlock in D']);
  });

  test('a thread that others leave behind is a partial deadlock, whatever they do', () => {
    const program = buildProgram((b) => {
      const [x, y] = [b.int('x'), b.int('y')];
      b.thread('A', (c) => c.atomic(is(x, 1)));
      b.thread('B', (c) => {
        c.store(y, 0);
        c.jump(0);
      });
    });
    const machine = createInterpreter(program);
    const start = machine.initial();
    if (start.kind !== 'state') throw new Error('no initial state');
    expect(machine.blockedForEver(start.state, 0)).toMatchObject({
      name: 'partial_deadlock',
      message: 'A awaits condition; it can never go on, though others run on',
    });
  });

  test('a condition that reads NULL is the finding of the thread that reads it', () => {
    const { findings } = exploreAll((b) => {
      const struct = b.struct('foo', [['n', { kind: 'bool' }]]);
      const p = b.cell('p', { kind: 'ref', to: { kind: 'struct', struct } });
      const field: StateExpr = { kind: 'field', base: valueOf(p), cells: 0 };
      b.thread('A', (c) => c.atomic({ kind: 'load', address: field }));
    });
    expect(findings).toEqual(['null_dereference in A']);
  });

  test('a set-up that would have to wait is a finding', () => {
    const { findings } = exploreAll((b) => {
      const x = b.int('x');
      b.setup = b.proc('set-up', 0, (c) => c.atomic(is(x, 1)));
      b.thread('A', (c) => c.store(x, 1));
    });
    expect(findings).toEqual(['deadlock']);
  });
});

describe('an await of several conditions', () => {
  const choosing = (x: number, y: number): Program =>
    buildProgram((b) => {
      const [a, c, out] = [b.int('x', x), b.int('y', y), b.int('out')];
      b.thread('A', (code) => {
        const seen = code.local('seen');
        code.set(seen, 5);
        code.awaitAny([
          [is(a, 1), () => code.store(out, 1)],
          [is(c, 1), () => code.store(out, seen)],
          [is(a, 1), () => code.store(out, 3)],
        ]);
      });
    });

  test('has a way on for each that is true, each with its own block, in the same step', () => {
    expect(exploreProgram(choosing(1, 1)).finals).toEqual([
      'x=1 y=1 out=1',
      'x=1 y=1 out=3',
      'x=1 y=1 out=5',
    ]);
    expect(exploreProgram(choosing(1, 0)).finals).toEqual(['x=1 y=0 out=1', 'x=1 y=0 out=3']);
    expect(exploreProgram(choosing(0, 1)).finals).toEqual(['x=0 y=1 out=5']);
    expect(exploreProgram(choosing(0, 1)).states.length).toBe(2);
  });

  test('waits while none is, for all of them', () => {
    const { findings } = exploreProgram(choosing(0, 0));
    expect(findings).toEqual(['deadlock in A']);
    const machine = createInterpreter(choosing(0, 0));
    const start = machine.initial();
    if (start.kind !== 'state') throw new Error('no initial state');
    expect(machine.ending(start.state, [])).toMatchObject({
      occurrences: [{ message: 'A awaits way 0 or way 1 or way 2' }],
    });
  });

  test('says which way it takes', () => {
    const machine = createInterpreter(choosing(1, 0));
    const start = machine.initial();
    if (start.kind !== 'state') throw new Error('no initial state');
    const { state } = start;
    expect(machine.enabled(state).map((way) => machine.describe(state, way).text)).toEqual([
      'await way 0',
      'await way 2',
    ]);
  });

  test('is a finding if one of the conditions is, whatever the others say', () => {
    const { findings, finals } = exploreAll((b) => {
      const x = b.int('x', 1);
      const nowhere: StateExpr = { kind: 'load', address: { kind: 'const', value: 0 } };
      b.thread('A', (c) =>
        c.awaitAny([
          [is(x, 1), () => c.store(x, 2)],
          [nowhere, () => c.store(x, 3)],
        ]),
      );
    });
    expect(findings).toEqual(['null_dereference in A']);
    expect(finals).toEqual([]);
  });

  test('is what an idle daemon may stand at', () => {
    const { findings } = exploreAll((b) => {
      const x = b.int('x');
      const never = is(x, 1);
      b.thread(
        'D',
        (c) =>
          c.awaitAny([
            [never, () => {}],
            [never, () => {}],
          ]),
        { kind: 'daemon' },
      );
    });
    expect(findings).toEqual([]);
  });
});

describe('an atomic block', () => {
  test('may loop over memory: it diverges only if all of it comes again', () => {
    const loop = (step: number): ReturnType<typeof exploreAll> =>
      exploreAll((b) => {
        const x = b.int('x', 0, 0, 3);
        b.thread('A', (c) => {
          const seen = c.local('seen');
          c.atomic(null, () => {
            const head = c.here;
            c.primitive('atomic_inc', [x]);
            if (step === 0) c.store(x, 0);
            c.loadInto(seen, x);
            c.set(seen, binary('<', seen, 3));
            const branch = c.branch(seen);
            c.patch(branch, head, c.here);
          });
        });
      });
    expect(loop(1)).toMatchObject({ finals: ['x=3'], findings: [] });
    expect(loop(0)).toMatchObject({ finals: [], findings: ['local_divergence on A in A'] });
  });

  test('a finding inside it is placed where it happens', () => {
    const program = buildProgram((b) => {
      const [x, m] = [b.int('x'), b.cell('m', { kind: 'mutex' })];
      b.thread('A', (c) => {
        c.atomic(null, () => {
          c.store(x, 1);
          c.primitive('mutex_unlock', [m]);
        });
      });
    });
    const machine = createInterpreter(program);
    const start = machine.initial();
    if (start.kind !== 'state') throw new Error('no initial state');
    const [only] = machine.enabled(start.state);
    if (only === undefined) throw new Error('nothing enabled');
    expect(machine.step(start.state, only)).toMatchObject({
      kind: 'finding',
      occurrences: [{ name: 'unlock_not_held', object: 'm', span: { line: 3 } }],
    });
    expect(machine.describe(start.state, only)).toMatchObject({
      text: 'atomic',
      changes: [{ object: 'x', before: '0', after: '1' }],
    });
  });

  test('an operation with several ways on or none is our bug there, not the first of them', () => {
    const inside = (name: string, kind: 'workqueue' | 'rwsem'): (() => unknown) => {
      return () =>
        exploreAll((b) => {
          const cell = b.cell('cell', { kind });
          b.thread('A', (c) => c.atomic(null, () => c.primitive(name, [cell])));
        });
    };
    expect(inside('worker_take', 'workqueue')).toThrow('worker_take inside a transition');
    expect(inside('down_read_trylock', 'rwsem')).not.toThrow();
  });
});
