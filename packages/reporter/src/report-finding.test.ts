import { createSearch } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import { buildProgram } from '@hmmlab/runtime/testing';
import { expect, test } from 'vitest';
import { renderTerminal } from './render/terminal.ts';
import { reportFinding } from './report-finding.ts';

/** Two mutexes, taken in both orders. */
const program: Program = buildProgram((builder) => {
  const a = builder.cell('a', { kind: 'mutex' });
  const b = builder.cell('b', { kind: 'mutex' });
  for (const [name, first, second] of [
    ['A', a, b],
    ['B', b, a],
  ] as const)
    builder.thread(name, (code) => {
      code.primitive('mutex_lock', [first]);
      code.primitive('mutex_lock', [second]);
      code.primitive('mutex_unlock', [second]);
      code.primitive('mutex_unlock', [first]);
    });
});

function verdictOf(scenario: Program): Verdict {
  const search = createSearch(scenario);
  while (!search.advance(10_000));
  return search.verdict();
}

const verdict = verdictOf(program);

function withCounterexample(
  change: Partial<Verdict['findings'][number]['counterexample']>,
): Verdict {
  const findings = verdict.findings.map((finding) => ({
    ...finding,
    counterexample: { ...finding.counterexample, ...change },
  }));
  return { ...verdict, findings };
}

test('ABBA, from the search to the text', () => {
  const report = reportFinding(program, verdict, 0, new Map(), { scenario: 'ABBA' });
  const text = renderTerminal(report, { width: 100, color: false });
  const [head, table, waits] = text.split('\n\n');
  expect([head, table, waits].join('\n\n')).toMatchInlineSnapshot(`
    "deadlock (HMM4101): A waits for b, held by B; B waits for a, held by A
    at built.hmm:2:1 of "ABBA"

    - the nearest schedule that passes: 8 steps
    + this schedule: 4 steps, 1 preemption

           A                     B                     change
        1  mutex_lock a                                a: free -> A
    -   2  mutex_lock b                                b: free -> A
    - 3-8  ... 6 steps of A, B, then it ends well
    +   2                        mutex_lock b          b: free -> B  <- decides
    +   3                        mutex_lock a: queues  a queue: + B  <- waits for A
    +   4  mutex_lock b: queues                        b queue: + A  <- waits for B"
  `);
  expect(text).toMatch(/\nreplay: hmm replay built\.hmm --scenario ABBA h1:[^\n]+$/);
});

test('a schedule that cannot be replayed loses no finding', () => {
  const broken = withCounterexample({ schedule: 'h1:nonsense' });
  const report = reportFinding(program, broken, 0, new Map());
  expect(report).toMatchObject({ name: 'deadlock', code: 'HMM4101', rows: [] });
  expect(report.trouble).toMatch(/cannot be replayed: .*\(HMM600\d\)$/);
  expect(renderTerminal(report, { width: 100, color: false })).toContain('h1:nonsense');
});

test('a passing schedule that cannot be replayed costs the comparison only', () => {
  const report = reportFinding(
    program,
    withCounterexample({ nearestPassing: 'h1:nonsense' }),
    0,
    new Map(),
  );
  expect(report.comparison).toEqual({ kind: 'unknown' });
  expect(report.rows.length).toBeGreaterThan(0);
});

test('a layout that fails leaves a plain schedule', () => {
  const [finding] = verdict.findings;
  if (finding === undefined) throw new Error('ABBA must deadlock');
  const waiting = finding.waiting.map((each) => ({
    ...each,
    get waitsFor(): readonly string[] {
      throw new Error('planted');
    },
  }));
  const report = reportFinding(
    program,
    { ...verdict, findings: [{ ...finding, waiting }] },
    0,
    new Map(),
  );
  expect(report.trouble).toBe('its layout failed: planted (HMM9001)');
  expect(report.rows).toHaveLength(4);
  expect(renderTerminal(report, { width: 60, color: false })).toContain(
    'less than usual is shown: its layout failed: planted',
  );
});

test('no such finding', () => {
  expect(() => reportFinding(program, verdict, 9, new Map())).toThrow(RangeError);
});
