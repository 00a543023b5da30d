import { describe, expect, test } from 'vitest';
import type { ReportInput } from './create-report.ts';
import { createReport } from './create-report.ts';
import { renderTerminal } from './render/terminal.ts';
import type { Row, StepRow } from './report.ts';
import { buildCase } from './testing/build-case.ts';
import { nouveauDoubleUnlock } from './testing/nouveau-double-unlock.ts';
import { leakAtTheEnd, longRetry, lostWakeup } from './testing/other-cases.ts';
import { vfioDeadlock } from './testing/vfio-deadlock.ts';

const stepsOf = (rows: readonly Row[]): StepRow[] =>
  rows.flatMap((row) => (row.kind === 'step' ? [row] : []));

describe('the three-thread deadlock', () => {
  const report = createReport(vfioDeadlock());

  test('decides where the schedules part', () => {
    const [deciding] = stepsOf(report.rows).filter((row) => row.notes.includes('decides'));
    expect(deciding).toMatchObject({ sign: '+', number: 2, lane: 1, text: 'down_read mmap_sem' });
    expect(report.comparison).toEqual({ kind: 'passing', common: 1, passingSteps: 5 });
  });

  test('every edge of the cycle knows the lock in its way', () => {
    const causes = report.waits.map(({ causes: [cause] }) => [
      cause?.thread,
      cause?.queued,
      cause?.held?.since?.step ?? null,
    ]);
    expect(causes).toEqual([
      ['mmap', true, null],
      ['fault', false, 2],
      ['zap', false, 1],
    ]);
  });

  test('nothing lies behind a deadlock, unless the environment may wake somebody', () => {
    expect(report.hidesSomething).toBe(false);
    const input = vfioDeadlock();
    const environment = { ...input.program.environment, signals: true };
    const program = { ...input.program, environment };
    expect(createReport({ ...input, program }).hidesSomething).toBe(true);
  });
});

describe('the double unlock', () => {
  const report = createReport(nouveauDoubleUnlock());

  test('names the first release and the wrong one', () => {
    const notes = stepsOf(report.rows).flatMap(({ number, notes: each }) =>
      each.map((text) => `${number} ${text}`),
    );
    expect(notes).toEqual(['9 decides', '12 released here already', '13 not held']);
  });

  test('folds the common beginning and the rest of the passing schedule', () => {
    const folds = report.rows.flatMap((row) => (row.kind === 'fold' ? [row] : []));
    expect(folds).toEqual([
      { kind: 'fold', sign: ' ', from: 1, count: 6, text: '6 steps of driver, the same in both' },
      { kind: 'fold', sign: '-', from: 10, count: 2, text: '2 steps of driver, then it ends well' },
    ]);
  });

  test('shows only threads that take part', () => {
    expect(report.threads).toEqual(['driver', 'reclaim']);
  });

  test('says that schedules were cut short', () => {
    expect(report.hidesSomething).toBe(true);
  });
});

describe('without a passing schedule', () => {
  test('none passes, or none is known: two different things', () => {
    expect(createReport(leakAtTheEnd()).comparison).toEqual({ kind: 'none-passes' });
    expect(createReport(longRetry()).comparison).toEqual({ kind: 'unknown' });
  });

  test('no step decides', () => {
    const rows = stepsOf(createReport(leakAtTheEnd()).rows);
    expect(rows.flatMap((row) => row.notes)).toEqual([]);
    expect(rows.map((row) => row.sign)).toEqual([' ', ' ', ' ', ' ', ' ']);
  });

  test('the environment acts in parentheses', () => {
    expect(stepsOf(createReport(leakAtTheEnd()).rows)[3]?.text).toBe('(the timeout expires)');
  });

  test('every step is shown or counted in a fold, once', () => {
    const { rows, steps } = createReport(longRetry());
    const numbers = rows.flatMap((row) =>
      row.kind === 'step'
        ? [row.number]
        : Array.from({ length: row.count }, (_, i) => row.from + i),
    );
    expect(numbers).toEqual(Array.from({ length: steps }, (_, index) => index + 1));
    expect(rows.length).toBeLessThanOrEqual(20);
    expect(rows).toContainEqual(expect.objectContaining({ text: 'the same step 4 times more' }));
  });
});

test('a lost wake-up has a waiter whom nobody is left to wake', () => {
  expect(createReport(lostWakeup()).waits).toMatchObject([{ thread: 'waiter', causes: [] }]);
});

test('a passing schedule that only goes on longer has no failing step against it', () => {
  const input = lostWakeup();
  const failing = { steps: input.passing?.steps.slice(0, 3) ?? [], next: [] };
  const { rows } = createReport({ ...input, failing });
  expect(rows.map((row) => row.sign)).toEqual([' ', ' ', ' ', '-']);
});

describe('notes about the lock or object of a finding', () => {
  const built = buildCase({
    title: 't',
    file: 't.hmm',
    threads: ['A', 'B'],
    source: 'mutex_lock m\nmutex_lock m\nkfree(p)\nload p.x\n',
  });
  const notes = (input: Omit<ReportInput, 'program' | 'sources' | 'findingIndex' | 'passing'>) =>
    stepsOf(createReport({ ...built, ...input, findingIndex: 0, passing: null }).rows).map(
      (row) => row.notes,
    );
  const take = ['A', 1, 'mutex_lock m', { takes: ['m', 'exclusive'] }] as const;

  test('self-deadlock', () => {
    const waiting = [
      {
        thread: 'A',
        action: 'mutex_lock m',
        object: 'm',
        span: built.span(2, 'mutex_lock m'),
        within: [],
        waitsFor: ['A'],
      },
    ];
    const verdict = built.verdict({ name: 'self_deadlock', thread: 'A', object: 'm', waiting });
    const failing = built.trace([take, ['A', 2, 'mutex_lock m']]);
    expect(notes({ verdict, failing })).toEqual([['held from here on'], ['waits for itself']]);
  });

  test('use after free', () => {
    const verdict = built.verdict({ name: 'use_after_free', thread: 'B', object: 'foo#1' });
    const failing = built.trace([
      ['A', 3, 'free foo#1', { at: 'kfree(p)' }],
      ['B', 4, 'load p.x'],
    ]);
    expect(notes({ verdict, failing })).toEqual([['freed here'], ['gone']]);
  });

  test('lock held at exit', () => {
    const verdict = built.verdict({ name: 'lock_held_at_exit', thread: 'A', object: 'm' });
    expect(notes({ verdict, failing: built.trace([take]) })).toEqual([['never released']]);
  });
});

test('a finding of the set-up has no steps', () => {
  const report = createReport({ ...leakAtTheEnd(), failing: { steps: [], next: [] } });
  expect(report).toMatchObject({ rows: [], locks: [], threads: [], steps: 0 });
  expect(renderTerminal(report, { width: 60, color: false })).not.toContain('this schedule');
});

test('names of objects are names only', () => {
  const input = vfioDeadlock();
  const names = ['__proto__', 'constructor', 'toString'];
  const threads = input.program.threads.map((thread, index) => ({
    ...thread,
    name: names[index] ?? '',
  }));
  expect(createReport({ ...input, program: { ...input.program, threads } }).threads).toEqual(names);
});

test('no such finding', () => {
  expect(() => createReport({ ...vfioDeadlock(), findingIndex: 7 })).toThrow(RangeError);
});
