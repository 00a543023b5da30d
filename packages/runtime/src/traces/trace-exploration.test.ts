// SPDX-License-Identifier: MIT
/** The verdict of `traces` against that of the naive search, on random programs: all but counts and schedules is the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSearch } from '../explore/create-search.ts';
import type { SearchOptions } from '../explore/search.ts';
import type { Program, Verdict } from '../program/index.ts';
import { buildProgram, compare, valueOf } from '../testing/program-builder.ts';
import { asked, randomQuestions } from '../testing/asked.ts';
import { compileAbstract } from '../testing/oracle-compile.ts';
import { fromTape, randomProgram, topicNames } from '../testing/oracle-programs.ts';

const runs = Number(process.env['HMM_ORACLE_RUNS'] ?? 120);
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 20_170_905);

const tapes = fc.array(fc.noBias(fc.nat(0xffff)), { minLength: 40, maxLength: 120 });

function verdictOf(program: Program, options: SearchOptions): Verdict {
  const search = createSearch(program, options);
  while (!search.advance(1000));
  return search.verdict();
}

/** What does not depend on which schedules were looked at, nor in which order. */
function comparable({ coverage, findings, ...verdict }: Verdict): unknown {
  const known = findings.map(({ name, thread, object, span, within, expectedBy, fails }) =>
    JSON.stringify({ name, thread, object, span, within, expectedBy, fails }),
  );
  return { ...verdict, exhaustive: coverage.exhaustive, findings: known.toSorted() };
}

test.each(topicNames)('%s: the same verdict', { timeout: 0 }, (topic) => {
  const met = new Set<string>();
  fc.assert(
    fc.property(tapes, tapes, (tape, questions) => {
      const plain = compileAbstract(randomProgram(topic, fromTape(tape)));
      const program = asked(plain, randomQuestions(fromTape(questions)));
      const expected = verdictOf(program, { strategy: 'naive', checks: 'safety', maxStates: 5000 });
      if (expected.why === 'state-limit') return;
      const traces = verdictOf(program, { strategy: 'traces', maxStates: 3000 });
      if (traces.why === 'state-limit' || traces.why === 'unbounded-loop') {
        expect(traces.coverage.exhaustive).toBe(false);
        expect(traces.kind).not.toBe('holds');
        return;
      }
      expect(comparable(traces)).toEqual(comparable(expected));
      for (const { name } of traces.findings) met.add(name);
      met.add(traces.kind);
    }),
    { numRuns: runs, seed },
  );
  for (const kind of ['holds', 'violated']) expect(met).toContain(kind);
  expect(met.size).toBeGreaterThan(4);
});

test('the part that is done is told all the time, and is all of it in the end', () => {
  const program = compileAbstract({
    threads: [0, 1, 2].map(() => [0, 1].map((cell) => ({ kind: 'increment', cell }) as const)),
    top: 9,
    readersOvertake: true,
  });
  const search = createSearch(program, { strategy: 'traces' });
  const parts: number[] = [];
  while (!search.advance(1)) parts.push(search.progress.done ?? Number.NaN);
  expect(parts.length).toBeGreaterThan(10);
  expect(parts.every((part) => part >= 0 && part <= 1)).toBe(true);
  expect(parts[0]).toBeLessThan(0.2);
  expect(search.progress.done).toBe(1);
});

describe('what traces cannot do', () => {
  /** A looks at the flag until B has set it. */
  const spinner = (eventually: boolean): Program =>
    buildProgram((builder) => {
      const flag = builder.int('flag', Number(eventually), 0, 1);
      builder.thread('A', (code) => {
        const seen = code.local('seen');
        const top = code.here;
        code.loadInto(seen, flag);
        const look = code.branch(seen);
        const retry = code.here;
        code.jump(top);
        code.patch(look, code.here, retry);
      });
      builder.thread('B', (code) => code.store(flag, 1));
      if (!eventually) return;
      builder.expect({
        kind: 'eventually',
        trigger: null,
        condition: compare(valueOf(flag), '==', 1),
        text: 'flag == 1',
        span: { file: 0, line: 1, column: 1, endLine: 1, endColumn: 2 },
      });
    });

  test('a schedule without an end is never all schedules', () => {
    const verdict = verdictOf(spinner(false), { strategy: 'traces' });
    expect(verdict).toMatchObject({
      kind: 'inconclusive',
      why: 'unbounded-loop',
      outcome: 'inconclusive',
      coverage: { exhaustive: false },
    });
    expect(verdict.problems.map(({ code }) => code)).toEqual(['HMM5007']);
    expect(verdictOf(spinner(false), {}).kind).toBe('holds');
  });

  test('promises are not judged, and nothing holds because of that', () => {
    const verdict = verdictOf(spinner(true), { strategy: 'traces' });
    expect(verdict).toMatchObject({ kind: 'inconclusive', why: 'promises-not-judged' });
    expect(verdict.notChecked).toEqual(
      expect.arrayContaining(['starvation', 'livelock', 'partial deadlock']),
    );
    expect(verdictOf(spinner(true), {}).kind).toBe('holds');
  });

  test('a limit of schedules', () => {
    const verdict = verdictOf(spinner(true), { strategy: 'traces', maxStates: 0 });
    expect(verdict).toMatchObject({ kind: 'inconclusive', why: 'state-limit' });
  });
});
