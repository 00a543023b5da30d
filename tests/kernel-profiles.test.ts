// SPDX-License-Identifier: MIT
/** docs/kernel-profiles.md is what tools/write-kernel-profiles.ts would write today. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { families } from '../tools/kernel-profiles/family.ts';
import { profilesPage } from '../tools/kernel-profiles/profiles-page.ts';
import { readProfiles } from '../tools/kernel-profiles/read-profiles.ts';

const root = resolve(import.meta.dirname, '..');
const all = families(readProfiles(root));

test('docs/kernel-profiles.md is up to date; `pnpm kernel-profiles` writes it anew', () => {
  expect(readFileSync(resolve(root, 'docs/kernel-profiles.md'), 'utf8')).toBe(profilesPage(all));
});

test.each(all.flatMap(({ rows }) => rows.flatMap(({ versions }) => versions)))(
  '$definition.file: $definition.name $letter says what it models',
  ({ definition }) => {
    expect(definition.doc.models).toMatch(/\.(?:c|h|rst)/);
  },
);

test('what is replaced, taken over and removed', () => {
  const linux = all.find(({ name }) => name === 'linux');
  const cellsOf = (title: string): Record<string, string | null> => {
    const cells = linux?.rows.find(({ name }) => name === title)?.cells ?? [];
    return Object.fromEntries(cells.map((cell, i) => [linux?.columns[i] ?? '', cell]));
  };
  expect(linux?.columns.indexOf('5.3-rc1')).toBe((linux?.columns.indexOf('5.3') ?? 0) - 1);
  const fault = cellsOf('hmm_range_fault');
  expect(fault['5.1']).toBeNull();
  expect(fault['hmm-v2']).toBe(fault['5.2']);
  expect(fault['5.3']).not.toBe(fault['5.3-rc1']);
  expect(cellsOf('hmm_range_snapshot')['5.4']).toBeNull();
});
