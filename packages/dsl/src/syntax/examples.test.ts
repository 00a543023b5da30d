// SPDX-License-Identifier: MIT
/** The files that show how the language should read. */

import { expect, test } from 'vitest';
import { exampleFiles } from '../testing/example-files.ts';
import { parse } from './parse.ts';

test.each(exampleFiles)('example %#', (text) => {
  expect(parse(text, 'example.hmm').diagnostics).toEqual([]);
});
