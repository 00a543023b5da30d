// SPDX-License-Identifier: MIT
/** The help fits a terminal, and promises no exit code that the command does not have. */

import { expect, test } from 'vitest';
import { commandSpecs } from '../command-line.ts';
import { recorder } from '../testing/recorder.ts';
import { help } from './help.ts';

function helpOf(spec: (typeof commandSpecs)[number] | null): string {
  const { console, out } = recorder('/');
  help(spec, console);
  return out();
}

test.each([null, ...commandSpecs])('$name fits 80 columns', (spec) => {
  const tooLong = helpOf(spec)
    .split('\n')
    .filter((line) => line.length > 80);
  expect(tooLong).toEqual([]);
});

test('expectations are met or not where scenarios run, and nowhere else', () => {
  const speaking = commandSpecs.filter((spec) => helpOf(spec).includes('expectations'));
  expect(speaking.map(({ name }) => name)).toEqual(['run']);
});
