// SPDX-License-Identifier: MIT
/** Scenarios whose verdict would be easy to get wrong, from the text to the outcome. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { Verdict } from '@hmmlab/runtime/program';
import { createSearch } from '@hmmlab/runtime';
import { describe, expect, test } from 'vitest';

function verdictOf(text: string): Verdict {
  const host = createNodeHost({ root: import.meta.dirname });
  const { scenarios, diagnostics } = compile(text, 'test.hmm', host);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [program] = scenarios.flatMap(({ instances }) => instances.map((one) => one.program));
  if (program === undefined) throw new Error('no instance');
  const search = createSearch(program);
  while (!search.advance(1000));
  return search.verdict();
}

const names = (verdict: Verdict): readonly string[] => verdict.findings.map(({ name }) => name);

describe('conditions that read NULL', () => {
  const scenario = (expectation: string): string =>
    `struct foo { int v }
     scenario "s" {
       struct foo f
       struct foo *p
       int x
       thread A: x = f.v; if (x) p = &f
       expect ${expectation}
     }`;

  test.each(['always', 'never'])('%s is broken by them', (word) => {
    const verdict = verdictOf(scenario(`${word} p->v == 1`));
    expect([verdict.outcome, names(verdict)]).toEqual(['failed', ['outcome']]);
  });

  test('sometimes is not met by them', () => {
    const verdict = verdictOf(scenario('sometimes p->v != 1'));
    expect(verdict.problems.map(({ name }) => name)).toEqual(['never_happens']);
  });
});

describe('a deadlock is found at each of its waits', () => {
  const threads = ['thread A: one()', 'thread B: two()'];
  test.each([
    [threads, 'one'],
    [threads, 'two'],
    [threads.toReversed(), 'one'],
    [threads.toReversed(), 'two'],
  ])('%j at %s', (order, at) => {
    const { outcome } = verdictOf(
      `scenario "s" {
         mutex a, b
         proc one() { mutex_lock a; mutex_lock b; mutex_unlock b; mutex_unlock a }
         proc two() { mutex_lock b; mutex_lock a; mutex_unlock a; mutex_unlock b }
         ${order.join('\n')}
         expect deadlock at ${at}
       }`,
    );
    expect(outcome).toBe('passed');
  });
});

test('two invariants broken by one step are two findings', () => {
  const verdict = verdictOf(
    `scenario "s" {
       int x
       thread A: x = 1
       invariant x == 0
       invariant x < 1
     }`,
  );
  expect(names(verdict)).toEqual(['invariant', 'invariant']);
});

test('container_of does not leave its object', () => {
  const verdict = verdictOf(
    `struct foo { int x; work wk }
     proc fn(work *w) { struct foo *f = container_of(w, struct foo, wk); f->x = 1 }
     scenario "s" {
       int secret
       work w = fn
       workqueue wq
       thread A: queue_work(wq, w); secret = 2
       expect never secret == 1
     }`,
  );
  expect(names(verdict)).toEqual(['wild_reference']);
});

test('a wait loop written by hand loses the wake-up before it queues', () => {
  const verdict = verdictOf(
    `scenario "s" {
       wait_queue wq
       bool done
       thread A { while (true) { if (done) break; prepare_to_wait(&wq); schedule(&wq); finish_wait(&wq); } }
       thread B { done = true; wake_up(&wq); }
     }`,
  );
  expect(names(verdict)).toEqual(['lost_wakeup']);
});

test('an interrupted wait_event says -ERESTARTSYS, an interrupted lock -EINTR', () => {
  const verdict = verdictOf(
    `scenario "s" {
       wait_queue wq
       mutex m
       bool ok
       allow signals
       thread A { errno ret = wait_event_interruptible(wq, ok) }
       thread B { errno ret = mutex_lock_killable(&m); if (!ret) mutex_unlock(&m) }
       thread C { mutex_lock(&m); mutex_unlock(&m); ok = true; wake_up(&wq) }
       expect sometimes A.ret == -ERESTARTSYS
       expect always A.ret == 0 || A.ret == -ERESTARTSYS
       expect sometimes B.ret == -EINTR
       expect always B.ret == 0 || B.ret == -EINTR
     }`,
  );
  expect(verdict.outcome).toBe('passed');
});

test('a queue behind a pointer is worked on by its own worker only', () => {
  const verdict = verdictOf(
    `proc fn(work *w) { BUG_ON(true) }
     scenario "s" {
       work w = fn
       workqueue wq
       workqueue *p = wq
       thread A: queue_work(p, w)
     }`,
  );
  expect(names(verdict)).toEqual(['assertion']);
});

test('the flag of an order is no variable that threads race for', () => {
  const verdict = verdictOf(
    `scenario "s" {
       check data_race
       int x in 0..2
       thread A { go: atomic { x = 2 } }
       thread B { atomic { x = 1 } done: atomic { x = 0 } }
       assume B.done before A.go
     }`,
  );
  expect([verdict.kind, names(verdict)]).toEqual(['holds', []]);
});

test('a copy of a sequence counter in memory is raced for like any other cell, the counter is not', () => {
  const verdict = verdictOf(
    `scenario "s" {
       check data_race
       seq count, copy
       thread W: count++
       thread A: copy = count
       thread B: copy = count
     }`,
  );
  expect(verdict.findings.map(({ name, object }) => [name, object])).toEqual([
    ['data_race', 'copy'],
  ]);
});
