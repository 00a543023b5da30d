// SPDX-License-Identifier: MIT
import type { Expectation, Instruction, Program, Restriction } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';
import { compileText, programs } from '../testing/memory-host.ts';

const threads = `int x
  thread A { x = 1; done: x = 2 }
  thread B { go: x = 3; end: }
  thread R[2] { x = self; here: }`;

function program(items: string): Program {
  const [found] = programs(`scenario "s" { ${threads}\n ${items} }`);
  if (found === undefined) throw new Error('no program');
  return found;
}

/** Diagnostics: `code text-it-is-about`. */
function wrong(items: string): string[] {
  const text = `scenario "s" { ${threads}\n ${items} }`;
  const lines = text.split('\n');
  return compileText(text).diagnostics.map(({ code, place }) => {
    const line = lines[place.line - 1] ?? '';
    return `${code} ${line.slice(place.column - 1, place.endColumn - 1)}`;
  });
}

describe('eventually and leads to', () => {
  const of = (items: string): readonly unknown[] =>
    program(items).expectations.map((expectation) => ({ ...expectation, span: null }));

  test('carry their conditions and texts', () => {
    const [first, second] = of('expect eventually x == 2\n expect x == 1 leads to finished(A)');
    expect(first).toMatchObject({ kind: 'eventually', trigger: null, text: 'x == 2' });
    expect(second).toMatchObject({
      kind: 'eventually',
      trigger: { text: 'x == 1', condition: { kind: 'binary', op: '==' } },
      text: 'finished(A)',
      condition: { kind: 'finished', thread: 0 },
    });
  });

  test('both sides are conditions', () => {
    expect(wrong('expect x leads to nothing')).toEqual(['HMM2001 nothing']);
    expect(wrong('expect nothing leads to x')).toEqual(['HMM2001 nothing']);
    expect(wrong('expect eventually nothing')).toEqual(['HMM2001 nothing']);
  });

  test('an `if` that is not met drops them', () => {
    expect(of('expect eventually x if false\n expect x leads to x if false')).toEqual([
      { kind: 'holds', span: null },
    ]);
  });
});

describe('orders', () => {
  const codeOf = ({ procs }: Program, name: string): readonly Instruction[] =>
    procs.find((proc) => proc.name === name)?.code ?? [];
  const ops = (found: Program, name: string): readonly string[] =>
    codeOf(found, name).map(({ op, border }) => `${op}${border ? '!' : ''}`);

  test('the flag is set with the step before; the look is a step', () => {
    const found = program('assume A.done before B.go');
    expect(found.objects.map(({ name }) => name)).toEqual(['x', 'A.done']);
    expect(ops(found, 'A')).toEqual(['store!', 'store', 'store!', 'return']);
    expect(ops(found, 'B')).toEqual(['load!', 'assume', 'store!', 'return']);
    const look = codeOf(found, 'B').find(({ op }) => op === 'assume');
    expect(look).toMatchObject({
      assumption: { text: 'A.done before B.go', span: { line: 5, column: 2 } },
    });
  });

  test('a label that is both looks first, and one flag serves all', () => {
    const found = program('assume A.done before B.go\n assume B.go before R[1].here');
    expect(ops(found, 'B')).toEqual(['load!', 'assume', 'store', 'store!', 'return']);
    const shared = program('assume A.done before B.go\n assume A.done before B.end');
    expect(shared.objects.map(({ name }) => name)).toEqual(['x', 'A.done']);
    expect(ops(shared, 'A').filter((op) => op === 'store')).toHaveLength(1);
  });

  test('one of a replicated thread is told by its index', () => {
    const found = program('assume R[1].here before B.go');
    expect(found.objects.map(({ name }) => name)).toEqual(['x', 'R[1].here']);
    expect(codeOf(found, 'R').find(({ op }) => op === 'branch')).toMatchObject({
      test: { op: '==', a: { kind: 'local', slot: 0 }, b: { value: 1 } },
    });
  });

  test('labels that they name are used, of threads that are absent, too', () => {
    const text = `scenario "s" for late in [false, true] { int x
      thread A { x = 1; done: } thread B if late { go: x = 2; left: } thread C if !late { x = 3 }
      assume A.done before B.go }`;
    expect(compileText(text).diagnostics.map(({ message }) => message)).toEqual([
      'no `goto` leads to `left`',
    ]);
  });

  test('without a thread there is nothing to assume', () => {
    const text = `scenario "s" for late in [false, true] { int x
      thread A { x = 1; done: } thread B if late { go: x = 2 } assume A.done before B.go }`;
    const sizes = programs(text).map(({ objects }) => objects.length);
    expect(sizes).toEqual([1, 2]);
  });

  test.each([
    ['assume A.doen before B.go', ['HMM2008 doen']],
    ['assume A.done before C.go', ['HMM2004 C']],
    ['assume A before B.go', ['HMM2008 A']],
    ['assume A->done before B.go', ['HMM2008 A->done']],
    ['assume R.here before B.go', ['HMM2004 R']],
    ['assume R[2].here before B.go', ['HMM2004 R[2]']],
    ['assume B.go before A.A', ['HMM2008 A']],
  ])('%s', (items, expected) => {
    expect(wrong(items)).toEqual(expected);
  });
});

describe('bounds, beginnings, samples', () => {
  const restriction = (items: string): Restriction | undefined => program(items).restriction;
  const within = (items: string): readonly Expectation['within'][] =>
    program(items).expectations.map((expectation) => expectation.within);

  test('a scenario without any has none', () => {
    expect(restriction('')).toBeUndefined();
    expect('within' in (program('').expectations[0] ?? {})).toBe(false);
  });

  test('their numbers may be parameters', () => {
    expect(restriction('bound preemptions 2, steps 40')).toMatchObject({
      preemptions: 2,
      steps: 40,
      beginning: null,
      samples: null,
    });
    const [found] = programs(
      `scenario "s" for n in [3] { ${threads}\n bound preemptions n - 1\n }`,
    );
    expect(found?.restriction?.preemptions).toBe(2);
    expect(restriction('sample 10')?.samples).toEqual({ runs: 10, seed: 1 });
    expect(restriction('sample 10 seed 0')?.samples).toEqual({ runs: 10, seed: 0 });
  });

  test('steps of a beginning', () => {
    const begin = restriction('schedule A*3, R[1], B timeout*2,\n A way 1, B signal, B wakeup');
    const steps = begin?.beginning?.kind === 'steps' ? begin.beginning.steps : [];
    expect(
      steps.map(({ thread, environment, way, count, text }) => [
        thread,
        environment,
        way,
        count,
        text,
      ]),
    ).toEqual([
      [0, null, null, 3, 'A'],
      [3, null, null, 1, 'R[1]'],
      [1, 'timeout', null, 2, 'B timeout'],
      [0, null, 1, 1, 'A way 1'],
      [1, 'signal', null, 1, 'B signal'],
      [1, 'wakeup', null, 1, 'B wakeup'],
    ]);
    expect(steps[1]?.span).toMatchObject({ line: 5, column: 16, endColumn: 20 });
    expect(restriction('schedule "h1:00000000:0"')?.beginning).toMatchObject({
      kind: 'code',
      code: 'h1:00000000:0',
    });
  });

  test('an expectation names them', () => {
    expect(
      within(`bound preemptions 1, steps 9\n schedule A\n sample 5
        expect holds within preemptions 1, steps 9, schedule, samples 5
        expect never x == 9 within steps 9 if true`),
    ).toEqual([
      [
        { kind: 'preemptions', most: 1 },
        { kind: 'steps', most: 9 },
        { kind: 'schedule' },
        { kind: 'samples', most: 5 },
      ],
      [{ kind: 'steps', most: 9 }],
    ]);
  });

  test.each([
    ['bound preemtions 2', ['HMM2009 preemtions']],
    ['bound preemptions', ['HMM3003 preemptions']],
    ['bound preemptions 1001', ['HMM3004 1001']],
    ['bound steps 0', ['HMM3004 0']],
    ['bound preemptions -1', ['HMM3004 -1']],
    ['bound preemptions x', ['HMM3005 x']],
    ['bound samples 3', ['HMM2009 samples']],
    ['bound steps 1\n bound steps 2', ['HMM2002 steps 2']],
    ['schedule A\n schedule B', ['HMM2002 schedule B']],
    ['sample 1\n sample 2', ['HMM2002 sample 2']],
    ['sample 0', ['HMM3004 0']],
    ['sample 1 seed -1', ['HMM3004 -1']],
    ['schedule C', ['HMM2004 C']],
    ['schedule R', ['HMM2004 R']],
    ['schedule A sigal', ['HMM2009 sigal']],
    ['schedule A*0', ['HMM3004 0']],
    ['expect holds within preemptions 1', ['HMM2026 preemptions 1']],
    ['bound preemptions 2\n expect holds within preemptions 1', ['HMM2026 preemptions 1']],
    ['expect holds within schedule', ['HMM2026 schedule']],
    ['schedule A\n expect holds within schedule 1', ['HMM3003 1']],
    ['sample 2\n expect holds within samples 3', ['HMM2026 samples 3']],
    ['bound steps 2\n expect holds within samples 2', ['HMM2026 samples 2']],
  ])('%s', (items, expected) => {
    expect(wrong(items)).toEqual(expected);
  });
});
