// SPDX-License-Identifier: MIT
import { expect, test } from 'vitest';
import { type ExitCode, worse } from './exit-code.ts';

test('the worst wins: 4, 3, 1, 2, 0', () => {
  const order: readonly ExitCode[] = [0, 2, 1, 3, 4];
  for (const [i, a] of order.entries())
    for (const [j, b] of order.entries()) expect(worse(a, b)).toBe(order[Math.max(i, j)]);
});
