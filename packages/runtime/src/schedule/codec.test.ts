// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transition } from '../interpreter/machine.ts';
import type { Instruction, Program } from '../program/index.ts';
import { expectFinding, graphProgram, spanAt } from '../testing/graph-machine.ts';
import { decodeSchedule, encodeSchedule, programHash } from './codec.ts';

const program = graphProgram(3);
const head = `h1:${programHash(program)}:`;

const transitions: fc.Arbitrary<Transition> = fc.record({
  thread: fc.nat({ max: 12 }),
  alternative: fc.oneof(fc.constant(0), fc.nat({ max: 9000 })),
  environment: fc.constantFrom(null, 'timeout', 'signal', 'wakeup'),
});
const schedules = fc
  .array(fc.tuple(transitions, fc.integer({ min: 1, max: 5 })))
  .map((runs) => runs.flatMap(([one, count]) => Array.from({ length: count }, () => one)));

function codeOf(text: string): string {
  const decoded = decodeSchedule(program, text);
  return decoded.kind === 'error' ? decoded.error.code : 'good';
}

describe('schedules as text', () => {
  test('one of each', () => {
    const own = { thread: 0, alternative: 0, environment: null };
    const schedule: Transition[] = [
      own,
      own,
      own,
      { thread: 1, alternative: 0, environment: null },
      { thread: 0, alternative: 1, environment: null },
      { thread: 2, alternative: 0, environment: 'timeout' },
      { thread: 2, alternative: 3, environment: 'signal' },
      { thread: 10, alternative: 0, environment: 'wakeup' },
    ];
    expect(encodeSchedule(program, schedule)).toBe(`${head}0x3.1.0a1.2t.2a3s.10w`);
    expect(encodeSchedule(program, [])).toBe(head);
  });

  test('decode(encode(s)) = s', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const decoded = decodeSchedule(program, encodeSchedule(program, schedule));
        expect(decoded).toEqual({ kind: 'schedule', schedule });
      }),
    );
  });

  test('what decodes is what encode would write', () => {
    const runs = fc.stringMatching(/^[0-2astwx.]{0,9}$/);
    fc.assert(
      fc.property(runs, (text) => {
        const decoded = decodeSchedule(program, head + text);
        if (decoded.kind === 'error') expect(decoded.error.code).toBe('HMM6002');
        else expect(encodeSchedule(program, decoded.schedule)).toBe(head + text);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['another version', 'h2:00000000:0', 'HMM6001'],
    ['another program', 'h1:00000000:0', 'HMM6003'],
    ['nothing', '', 'HMM6002'],
    ['only runs', '0x9', 'HMM6002'],
    ['only a version', 'h1', 'HMM6002'],
    ['a fourth part', `${head}0:0`, 'HMM6002'],
    ['empty runs', `${head}.`, 'HMM6002'],
    ['a leading zero', `${head}01`, 'HMM6002'],
    ['alternative 0 spelt out', `${head}0a0`, 'HMM6002'],
    ['once', `${head}0x1`, 'HMM6002'],
    ['never', `${head}0x0`, 'HMM6002'],
    ['a repetition spelt out', `${head}0.0`, 'HMM6002'],
    ['a negative thread', `${head}-1`, 'HMM6002'],
    ['a newline', `${head}0\n`, 'HMM6002'],
    ['ten million', `${head}0x10000000`, 'good'],
    ['one more', `${head}0x10000001`, 'HMM6002'],
    ['one more in two runs', `${head}0x6000000.1x4000001`, 'HMM6002'],
    ['a count beyond all numbers', `${head}0x99999999999999999999`, 'HMM6002'],
    ['a hundred thousand digits', `${head}${'9'.repeat(100_000)}`, 'HMM6002'],
  ])('%s', { timeout: 60_000 }, (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('never throws, and quotes little of what it was given', () => {
    const unit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200 }), (text) => {
        for (const whole of [text, head + text]) {
          const decoded = decodeSchedule(program, whole);
          if (decoded.kind === 'error') expect(decoded.error.message.length).toBeLessThan(400);
        }
      }),
    );
  });
});

describe('the hash of a program', () => {
  const instruction: Instruction = { op: 'return', value: null, span: spanAt(7), border: true };
  const main = program.procs[0];
  const withCode = (...code: Instruction[]): Program =>
    graphProgram(3, { procs: main === undefined ? [] : [{ ...main, code }] });

  test('stays when places, titles and expectations change', () => {
    const moved = { ...withCode(instruction), title: 'x', sources: ['y.hmm'], span: spanAt(9) };
    const asked = { ...moved, expectations: [expectFinding('leak')] };
    expect(programHash(asked)).toBe(programHash(program));
  });

  test('stays when members are written in another order', () => {
    const turned = Object.fromEntries(Object.entries(program).toReversed()) as unknown as Program;
    const code = { border: true, span: spanAt(1), value: null, op: 'return' } as const;
    expect(programHash(turned)).toBe(programHash(program));
    expect(programHash(withCode(code))).toBe(programHash(program));
  });

  test.each<[string, Program]>([
    ['an instruction', withCode({ ...instruction, border: false })],
    ['a thread', graphProgram(2)],
    ['the environment', { ...program, environment: { ...program.environment, signals: true } }],
    ['the checks', { ...program, checks: [] }],
    ['the lock rules', { ...program, lockRules: { readersOvertake: false } }],
    [
      'an invariant',
      {
        ...program,
        invariants: [{ condition: { kind: 'const', value: 1 }, text: '', span: spanAt(1) }],
      },
    ],
    ['the set-up', { ...program, setup: 0 }],
  ])('changes with %s', (_, other) => {
    expect(programHash(other)).not.toBe(programHash(program));
  });
});
