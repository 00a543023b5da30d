// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { ProgressLine } from './progress-line.ts';
import { recorder } from './testing/recorder.ts';

const progress = { states: 1_234_567, transitions: 12, frontier: 999, bytes: 0 };

test('after a second, then five times a second, and gone when cleared', () => {
  const { console, out, err } = recorder('/', { terminal: true });
  const line = new ProgressLine(console);
  line.show('title', progress, 999);
  expect(err()).toBe('');
  line.show('title', progress, 1000);
  const first =
    '\r\u001b[K1 s: 1,234,567 states, 1,234,567 states/s, 999 to go, 0 MB, growing; title';
  expect(err()).toBe(first);
  line.show('title', progress, 1199);
  expect(err()).toBe(first);
  line.show('title', { ...progress, frontier: 799 }, 1200);
  const second = '\r\u001b[K1 s: 1,234,567 states, 799 to go, 0 MB, about 1 s left; title';
  expect(err()).toBe(first + second);
  line.clear();
  line.clear();
  expect(err()).toBe(`${first}${second}\r\u001b[K`);
  expect(out()).toBe('');
});

test('nothing where standard error is no terminal; control characters are inert', () => {
  const quiet = recorder('/');
  new ProgressLine(quiet.console).show('title', progress, 5000);
  expect(quiet.err()).toBe('');
  const loud = recorder('/', { terminal: true });
  new ProgressLine(loud.console).show('a\u001b[2Jb\n', progress, 5000);
  expect(loud.err().lastIndexOf('\u001b')).toBe(1);
  expect(loud.err()).not.toContain('\n');
});
