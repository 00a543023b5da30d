// SPDX-License-Identifier: MIT
/** Checkpoints from outside: a search that is killed, stopped or limited goes on in another process. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Folder, createFolder, type Running } from './hmm.ts';

vi.setConfig({ testTimeout: 120_000 });

const counters = ['a', 'b', 'c', 'd', 'e'];
const threads = counters.map(
  (name) => `  thread ${name}${name}: ${Array<string>(6).fill(`${name}++`).join('; ')}`,
);

const files = {
  // 371,293 states, of which the last is the only one that breaks the condition.
  'big.hmm': `scenario "big" {
  int ${counters.join(', ')}
${threads.join('\n')}
  expect never a + b + c + d + e == 30
}
`,
  // 24 million.
  'huge.hmm': `scenario "huge" {
  int ${[...counters, 'f'].join(', ')}
${[...threads, 'thread ff: f++'].join('\n').replaceAll(/(\w\+\+)$/gm, '$1; $1; $1')}
}
`,
  'pair.hmm': `scenario "one" { int x; thread A: x = 1 }
scenario "two" for n in [1, 2] { int x; thread A: x = n }
`,
};

let folder: Folder;
let expected: string;

beforeAll(async () => {
  folder = createFolder(files);
  expected = await verdict('big.hmm');
});
afterAll(() => folder.dispose());

/** All that the command prints, but for the time. */
async function verdict(...words: readonly string[]): Promise<string> {
  const { out } = await folder.hmm('run', '--json', ...words);
  return out.replaceAll(/"milliseconds": \d+/g, '');
}

const bytesOf = (name: string): Buffer => readFileSync(join(folder.path, name));

/** Resolves once the file was written after a moment; rejects if the command ends before. */
async function written({ finished }: Running, name: string, after = 0): Promise<number> {
  let ended = false;
  void finished.then(() => (ended = true));
  const file = join(folder.path, name);
  while (!existsSync(file) || statSync(file).mtimeMs <= after) {
    if (ended) throw new Error(`ended before ${name} was written`);
    await sleep(5);
  }
  return statSync(file).mtimeMs;
}

test('killed again and again, and never further back than the last checkpoint', async () => {
  expect(expected).toContain('"states": 371293');
  expect(expected).toContain('"schedule"');
  const often = ['--checkpoint', 'k', '--checkpoint-every', '0.05'];
  let resume: readonly string[] = [];
  let last = 0;
  for (let kills = 0; kills < 3; kills += 1) {
    const running = folder.start('run', 'big.hmm', ...often, ...resume);
    last = await written(running, 'k', last);
    last = await written(running, 'k', last);
    running.child.kill('SIGKILL');
    expect((await running.finished).code).toBe(null);
    resume = ['--resume', 'k'];
  }
  expect(await verdict('big.hmm', '--resume', 'k')).toBe(expected);
});

test('a limit: the same file for the same input, and a higher limit goes on', async () => {
  const limited = (name: string): readonly string[] =>
    `run big.hmm --max-states 50000 --checkpoint ${name}`.split(' ');
  const { code, err } = await folder.hmm(...limited('l'));
  expect([code, err]).toEqual([2, 'checkpoint: --resume l goes on from here\n']);
  await folder.hmm(...limited('m'));
  expect(bytesOf('l').equals(bytesOf('m'))).toBe(true);
  const once = await verdict('big.hmm', '--max-states', '90000', '--checkpoint', 'n');
  const twice = ['--resume', 'l', '--max-states', '90000', '--checkpoint', 'l'];
  expect(await verdict('big.hmm', ...twice)).toBe(once);
  expect(bytesOf('l').equals(bytesOf('n'))).toBe(true);
  expect(await verdict('big.hmm', '--resume', 'l')).toBe(expected);
});

const onUnix = test.skipIf(process.platform === 'win32');

onUnix.each(['SIGINT', 'SIGTERM'] as const)('%s writes a checkpoint', async (signal) => {
  const often = ['--checkpoint', signal, '--checkpoint-every', '0.05'];
  const running = folder.start('run', 'huge.hmm', '--json', ...often);
  await written(running, signal);
  running.child.kill(signal);
  const { code, out, err } = await running.finished;
  expect([code, err]).toEqual([2, '']);
  expect(out).toContain('"why": "interrupted"');
  const states = Number(/"states": (\d+)/.exec(out)?.[1]);
  const limit = ['--max-states', String(states + 20_000)];
  const once = await verdict('huge.hmm', ...limit);
  expect(once).toContain('"why": "state-limit"');
  expect(await verdict('huge.hmm', '--resume', signal, ...limit)).toBe(once);
});

onUnix('SIGUSR1 writes a checkpoint, and the search goes on', async () => {
  const running = folder.start('run', 'huge.hmm', '--checkpoint', 'u');
  const done = written(running, 'u');
  while (!existsSync(join(folder.path, 'u')) && running.child.exitCode === null) {
    // Until the command has begun, Node takes this signal for its debugger.
    await sleep(500);
    running.child.kill('SIGUSR1');
  }
  const first = await done;
  running.child.kill('SIGUSR1');
  await written(running, 'u', first);
  running.child.kill('SIGKILL');
  await running.finished;
  const { code, out } = await folder.hmm('run', 'huge.hmm', '--resume', 'u', '--max-states', '9');
  expect([code, out]).toEqual([2, expect.stringContaining('state-limit')]);
});

test('of several scenarios or instances none is chosen by itself', async () => {
  for (const words of [[], ['--scenario', 'two']]) {
    const { code, err } = await folder.hmm('run', 'pair.hmm', '--checkpoint', 'p', ...words);
    expect(code).toBe(3);
    expect(err).toMatch(/^error HMM7007: a checkpoint is of one search, and [23] scenarios/);
    expect(err).toContain('"two [n=1]"');
  }
  const one = await folder.hmm('run', 'pair.hmm', '--checkpoint', 'p', '--scenario', 'two [n=1]');
  expect([one.code, existsSync(join(folder.path, 'p'))]).toEqual([0, false]);
});
