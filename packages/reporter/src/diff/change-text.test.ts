import { expect, test } from 'vitest';
import { changeText } from './change-text.ts';

test.each([
  ['free', 'read A', 'm: free -> read A'],
  ['free (queued: B write)', 'read A (queued: B write)', 'm: free -> read A'],
  ['read A', 'read A (queued: B write)', 'm queue: + B write'],
  ['read A (queued: B write)', 'read A (queued: B write, C read)', 'm queue: + C read'],
  ['free (queued: B write)', 'write B', 'm: free -> write B, queue: - B write'],
  ['free (queued: B, C)', 'free (queued: C, B)', 'm queue: B, C -> C, B'],
  ['none', 'pfn 1 rw', 'm: none -> pfn 1 rw'],
])('%s, then %s: %s', (before, after, text) => {
  expect(changeText({ object: 'm', before, after })).toBe(text);
});
