// SPDX-License-Identifier: MIT
/** Which checkpoints are refused. What becomes of the others is in `engine/checkpoint.test.ts`. */
import { expect, test } from 'vitest';
import type { Program } from '../program/index.ts';
import { buildProgram } from '../testing/program-builder.ts';
import type { Checkpoint } from './checkpoint.ts';
import { canCheckpoint, createSearch } from './create-search.ts';
import { resumeSearch } from './resume-search.ts';
import type { SearchOptions } from './search.ts';

function writing(value: number): Program {
  return buildProgram((b) => {
    const x = b.int('x');
    b.thread('A', (code) => code.store(x, value));
    b.thread('B', (code) => code.store(x, 2));
  });
}

const program = writing(1);

function checkpointOf(options: SearchOptions = {}): Checkpoint {
  const search = createSearch(program, { ...options, maxStates: 2 });
  while (!search.advance(100));
  const checkpoint = search.checkpoint();
  if (checkpoint === null) throw new Error('no checkpoint');
  return checkpoint;
}

/** Why it is refused, or null. */
function refusal(of: Program, checkpoint: Checkpoint, options: SearchOptions = {}): string | null {
  const result = resumeSearch(of, checkpoint, options);
  return result.kind === 'refused' ? result.refusal.why : null;
}

test('limits may differ, the question may not', () => {
  const checkpoint = checkpointOf();
  const { header } = checkpoint;
  const other = (changes: Partial<typeof header>): Checkpoint => {
    return { ...checkpoint, header: { ...header, ...changes } };
  };
  expect(refusal(program, checkpoint, { maxStates: 50, maxBytes: 2 ** 20 })).toBe(null);
  expect(refusal(writing(1), checkpoint)).toBe(null);
  expect(refusal(writing(3), checkpoint)).toBe('foreign');
  expect(refusal({ ...program, title: 'another title' }, checkpoint)).toBe('foreign');
  expect(refusal(program, checkpoint, { checks: 'safety' })).toBe('foreign');
  expect(refusal(program, checkpointOf({ checks: 'safety' }), { checks: 'safety' })).toBe(null);
  expect(refusal(program, other({ version: header.version + 1 }))).toBe('version');
  const text = JSON.stringify(program).replace(/"version":\d+/, '"version":0');
  const older = JSON.parse(text) as Program;
  expect(refusal(program, other({ program: older }))).toBe('version');
});

test('naive and bounded searches have no checkpoints', () => {
  const bounded = { maxStates: 2, preemptions: 1 };
  for (const options of [bounded, { strategy: 'naive' } as const]) {
    expect(canCheckpoint(program, options)).toBe(false);
    expect(refusal(program, checkpointOf(), options)).toBe('strategy');
    const search = createSearch(program, options);
    search.advance(1);
    expect(search.checkpoint()).toBe(null);
  }
  expect(canCheckpoint(program, {})).toBe(true);
  expect(createSearch(program).checkpoint()).toBe(null);
});
