import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch, replay } from '@hmmlab/runtime';
import { expect, test } from 'vitest';
import { decidingStep } from './deciding-step.ts';
import { scheduleEnd } from './schedule-end.ts';
import { Stepper } from './stepper.ts';

const text = `scenario "lost update" {
  int x in 0..2
  thread A: x++
  thread B: x++
  expect always x == 2
}
`;

function stepper(): Stepper {
  const { scenarios, sources } = compile(text, 'a.hmm', createNodeHost({ root: '/' }));
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no program');
  const search = createSearch(program);
  while (!search.advance(1000));
  const schedule = search.verdict().findings[0]?.counterexample.schedule ?? '';
  const result = replay(program, schedule);
  if (result.kind === 'error') throw new Error(result.error.message);
  const { trace } = result;
  const ending = scheduleEnd(program, trace);
  const deciding = (): number | null => decidingStep(program, schedule);
  return new Stepper({
    program,
    schedule,
    trace,
    sources,
    ending,
    deciding,
    width: 80,
    color: false,
  });
}

const said = (one: Stepper, ...commands: readonly string[]): string => {
  let last = '';
  for (const command of commands) last = one.execute(command).lines.join('\n');
  return last;
};

test('forward, several at a time, back, and never beyond an end', () => {
  const one = stepper();
  expect(one.prompt).toBe('0/4 > ');
  expect(said(one, 'n')).toMatch(/^1\. A {2}load x -> 0 {2}a\.hmm:3\nnext: /);
  expect(said(one, 'n 2')).toMatch(/^3\. /);
  expect(said(one, 'b')).toMatch(/^2\. /);
  expect(said(one, 'b 99')).toMatch(/^before the first step\n/);
  expect(said(one, 'g 99')).toMatch(/^4\. .*\n(?:.*\n)*outcome \(HMM4003\): always x == 2/);
  expect(said(one, 'n')).toMatch(/^outcome/);
  expect(said(one, 'g x')).toBe('a number of steps, 0 to 4');
});

test('the next step is shown in its source, with those that could come instead', () => {
  expect(stepper().begin().join('\n')).toMatch(
    /next: A {2}load x -> 0 {2}a\.hmm:3; B could go on instead\n(?:.*\n)* {2}3 \| {3}thread A: x\+\+\n/,
  );
});

test('to the step that decides, which a search finds', () => {
  const one = stepper();
  expect(said(one, 'd')).toMatch(
    /^1\. A .*\nnext: B {2}load x -> 0(?:.*\n)*the next step decides$/,
  );
});

test('to a line, from the beginning again behind its last step', () => {
  const one = stepper();
  expect(said(one, 'l 4')).toContain('next: B  load x -> 0');
  expect(said(one, 'l a.hmm:4')).toContain('next: B  store x = 1');
  expect(said(one, 'l 4')).toContain('next: B  load x -> 0');
  expect(said(one, 'l 2')).toBe('no step of this schedule is at 2');
  expect(said(one, 'l b.hmm:4')).toBe('no step of this schedule is at b.hmm:4');
  expect(said(one, 'l')).toBe('a line: 14, or mm.hmm:14');
});

test('the state: cells, or those of a name, and where each thread stands', () => {
  const one = stepper();
  expect(said(one, 'e', 's')).toBe('  x = 1\n  A has finished\n  B has finished');
  expect(said(one, '0', 's x')).toBe('  x = 0');
  expect(said(one, 's nothing')).toBe('nothing is called nothing');
  expect(said(one, 's')).toContain('  A is at a.hmm:3');
});

test('changes, the whole schedule, help, and the end', () => {
  const one = stepper();
  expect(said(one, 'c')).toBe('nothing changed');
  expect(said(one, 'e', 'c')).toMatch(/^x: \d -> 1$|^nothing changed$/);
  expect(said(one, 'g 2', 'w').split('\n')[1]).toMatch(/^> 2 {2}/);
  expect(said(one, 'h')).toContain('ends');
  expect(said(one, 'jump')).toMatch(/^no command 'jump'\n/);
  expect(one.execute('q')).toEqual({ lines: [], quit: true });
});
