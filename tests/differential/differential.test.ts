// SPDX-License-Identifier: MIT
/** Some random models by both searches; `pnpm torture` has more of them. */

import { expect, test } from 'vitest';
import { compareSearches } from './compare.ts';

test('60 random models: one verdict', () => {
  const { kinds, findings } = compareSearches(1, 60);
  expect(kinds.broken).toBe(0);
  expect(kinds.holds).toBeGreaterThan(10);
  expect(kinds.violated).toBeGreaterThan(20);
  expect(findings.size).toBeGreaterThan(8);
});
