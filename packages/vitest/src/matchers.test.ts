// SPDX-License-Identifier: MIT
/** Each matcher, with `not` and without, on templates of which the answer is known. */

import { readFileSync } from 'node:fs';
import { hmm } from '@hmmlab/embedded';
import { describe, expect, test } from 'vitest';

await import('./matchers.ts');

const lines = readFileSync(import.meta.filename, 'utf8').split('\n');

const fine = hmm`
  scenario "fine" { int x; thread A: x = 1 }
`;

const abba = hmm`
  scenario "ABBA" for swap in [false, true] {
    mutex a, b
    thread one: mutex_lock a; mutex_lock b; mutex_unlock b; mutex_unlock a
    thread two if swap: mutex_lock b; mutex_lock a; mutex_unlock a; mutex_unlock b
  }
`;

const lost = hmm`
  scenario "lost" {
    int x
    thread A: x++
    thread B: x++
  }
`;

/** One finding ends every schedule of the thread that could reach the other. */
const hidden = hmm`
  scenario "hidden" {
    mutex m
    thread A: mutex_unlock m; BUG_ON(true)
  }
`;

const endless = hmm`
  scenario "endless" {
    bound steps 3
    int x
    thread A: x = 1; x = 2; x = 3; x = 4; x = 5
  }
`;

/** What a matcher throws, and the text of this file at the first place of its stack. */
async function failure(
  matcher: () => Promise<void>,
): Promise<{ readonly error: Error & Record<string, unknown>; readonly at: string }> {
  const error: unknown = await matcher().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new TypeError('nothing was thrown');
  const place = /^ {4}at .*?\(?([^ ()]+):(\d+):(\d+)\)?$/m.exec(error.stack ?? '');
  expect(place?.[1]).toBe(import.meta.filename);
  const at = (lines[Number(place?.[2]) - 1] ?? '').slice(Number(place?.[3]) - 1);
  return { error: error as Error & Record<string, unknown>, at };
}

describe('toHold', () => {
  test('is so where no schedule goes wrong', async () => {
    await expect(fine).toHold();
    const { error, at } = await failure(() => expect(fine).not.toHold());
    expect(error.message).toContain('no schedule goes wrong');
    expect(at).toMatch(/^"fine"/);
  });

  test('is not so where one does, and the error is that of the finding', async () => {
    await expect(abba).not.toHold();
    const { error, at } = await failure(() => expect(abba).toHold());
    expect(error.message).toContain('deadlock (HMM4101)');
    expect(error.message).not.toContain('hmm replay');
    expect(error['expected']).toContain('mutex_lock a');
    expect(at).toMatch(/^mutex_lock [ab]/);
  });

  test('does not count a finding as none because it is expected', async () => {
    const expected = abba.expecting('deadlock if swap');
    const { error } = await failure(() => expect(expected).toHold());
    expect(error.message).toContain('deadlock (HMM4101)');
    await expect(expected).not.toHold();
  });

  test('is not so up to a bound, even where the scenario asks for no more', async () => {
    const bounded = hmm`
      scenario "bounded" {
        bound preemptions 0
        int x
        thread A: x = 1; x = 2
        thread B: x = 3
        expect holds within preemptions 0
      }
    `;
    expect((await bounded.run()).outcome).toBe('passed');
    const { error } = await failure(() => expect(bounded).toHold());
    expect(error.message).toMatch(/inconclusive|within|preemptions 0/);
  });

  test('is not known of a search that was cut short, either way', async () => {
    for (const matcher of [() => expect(endless).toHold(), () => expect(endless).not.toHold()])
      expect((await failure(matcher)).error.message).toMatch(/inconclusive \(bounded\)/);
  });
});

describe('toDeadlock and toFind', () => {
  test('find what some instance shows', async () => {
    await expect(abba).toDeadlock();
    await expect(abba).toDeadlock({ on: 'b', in: 'one' });
    await expect(abba).toFind('deadlock', { on: 'b' });
    await expect(hidden).toFind('unlock_not_held');
    await expect(abba.expecting('deadlock on a if swap')).toDeadlock();
  });

  test('fail on what no schedule shows, at the scenario', async () => {
    const { error, at } = await failure(() => expect(fine).toDeadlock());
    expect(error.message).toContain('no schedule reaches deadlock');
    expect(at).toMatch(/^"fine"/);
    const other = await failure(() => expect(abba).toFind('leak'));
    expect(other.error.message).toContain('no schedule reaches leak');
    expect(other.error.message).toContain('found instead: deadlock on');
  });

  test('with `not` fail with the schedule that shows it', async () => {
    await expect(fine).not.toDeadlock();
    const { error, at } = await failure(() => expect(abba).not.toDeadlock({ on: 'b' }));
    expect(error.message).toContain('deadlock (HMM4101): ');
    expect(error.message).not.toContain('as expected');
    expect(at).toMatch(/^mutex_lock [ab]/);
  });

  test('with `not` do not take for never what another finding hides', async () => {
    const { error } = await failure(() => expect(hidden).not.toFind('assertion'));
    expect(error.message).toContain('no schedule shows assertion, but what lies behind');
    expect(error.message).toContain('unlock_not_held (HMM4104)');
  });

  test('do not take a search that was cut short for an answer', async () => {
    for (const matcher of [
      () => expect(endless).toDeadlock(),
      () => expect(endless).not.toDeadlock(),
    ])
      expect((await failure(matcher)).error.message).toMatch(/inconclusive \(bounded\)/);
  });

  test('with `not` do not take for never what nobody looked for', async () => {
    const { error } = await failure(() => expect(fine).not.toFind('starvation'));
    expect(error.message).toContain('nothing in this template looks for starvation');
  });

  test('complain about names that are none', async () => {
    await expect(expect(abba).toDeadlock({ on: 'c' })).rejects.toThrow(/HMM2\d\d\d/);
    await expect(expect('text').toDeadlock()).rejects.toThrow(TypeError);
  });
});

describe('toReach', () => {
  test('is so of what is true in some final state', async () => {
    await expect(lost).toReach('x == 1');
    await expect(lost).toReach('x == 2');
    await expect(lost).not.toReach('x == 3');
    const { error, at } = await failure(() => expect(lost).toReach('x == 3'));
    expect(error.message).toContain('x == 3: it is true in no final state');
    expect(at).toMatch(/^"lost"/);
  });

  test('with `not` fails with a schedule that reaches it', async () => {
    const { error, at } = await failure(() => expect(lost).not.toReach('x == 1'));
    expect(error.message).toContain('outcome (HMM4003)');
    expect(error['expected']).toBeDefined();
    expect(at).toMatch(/^"lost"/);
  });

  test('is not known where nothing comes to an end, or where a finding hides it', async () => {
    const circle = hmm`
      scenario "circle" { check no livelock; int x; thread A { while (true) x = 1 - x } }
    `;
    for (const matcher of [
      () => expect(circle).toReach('x == 3'),
      () => expect(circle).not.toReach('x == 3'),
    ])
      expect((await failure(matcher)).error.message).toContain('no schedule reaches a final state');
    const { error } = await failure(() => expect(hidden).not.toReach('mutex_is_locked(m)'));
    expect(error.message).toContain('no final state has mutex_is_locked(m), but what lies behind');
  });
});
