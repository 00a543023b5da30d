// SPDX-License-Identifier: MIT
/** docs/claims.md is what tools/write-claims.ts would write today. */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { claimsPage } from '../tools/claims/claims-page.ts';
import { readClaims } from '../tools/claims/read-claims.ts';

const root = resolve(import.meta.dirname, '..');
const claims = readClaims(root);
const page = readFileSync(resolve(root, 'docs/claims.md'), 'utf8');

test('docs/claims.md is up to date; `pnpm claims` writes it anew', () => {
  expect(page).toBe(claimsPage(claims));
});

test('claims are found, and none is about nothing', () => {
  expect(claims.length).toBeGreaterThan(10);
  expect(claims.filter(({ verdicts }) => verdicts.length === 0)).toEqual([]);
});

test('the page links to files that exist', () => {
  const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
  expect(links.filter((path) => !existsSync(resolve(root, 'docs', path)))).toEqual([]);
});
