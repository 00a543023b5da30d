// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { requireNode } from './node-version.ts';

test.each(['22.12.0', '22.13.1', '24.0.0', '26.1.0'])('%s is new enough', (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

test.each(['18.20.0', '20.19.5', '22.11.9'])('%s is refused with a sentence', (version) => {
  const sentence = `@hmmlab/vitest needs Node 22.12 or newer, and this is ${version}.`;
  expect(() => requireNode(version)).toThrow(sentence);
  try {
    requireNode(version);
  } catch (error) {
    expect(error).toHaveProperty('stack', `Error: ${sentence}`);
  }
});
