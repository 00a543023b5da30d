// SPDX-License-Identifier: MIT
/** What real findings look like, and what their reports explain. `vitest --update` writes the goldens anew. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type FindingReport,
  renderJson,
  renderMail,
  renderMarkdown,
  renderSvg,
  renderTerminal,
} from '@hmmlab/reporter';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { reportOf } from './report-of.ts';

const cases = {
  abba: ['ABBA', 'deadlock'],
  'three-locks': ['three-lock cycle [third=true', 'deadlock'],
  'use-after-free': ['use after free', 'use_after_free'],
  'double-free': ['double free', 'double_free'],
  leak: ['kref: an error path', 'leak'],
  underflow: ['kref: one put too many', 'refcount_underflow'],
  'double-unlock': ['double unlock of a mutex', 'unlock_not_held'],
  'held-at-exit': ['lock kept at exit', 'lock_held_at_exit'],
  'lost-wakeup': ['naive wait', 'lost_wakeup'],
  'data-race': ['each side', 'data_race'],
  livelock: ['spin on what nobody sets', 'livelock'],
  'atomic-sleep': ['mutex under a spinlock', 'sleep_in_atomic'],
} as const;

const isDocument = new Ajv2020().compile(
  JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../docs/report.schema.json'), 'utf8'),
  ) as object,
);

type Case = keyof typeof cases;
const names = Object.keys(cases) as readonly Case[];

function reportFor(name: Case): FindingReport {
  const [instance, finding] = cases[name];
  return reportOf('tests/reports/findings.hmm', instance, finding);
}

describe.each(names)('%s', (name) => {
  const report = reportFor(name);

  test('in a terminal', async () => {
    expect(report.trouble).toBeNull();
    const text = renderTerminal(report, { width: 100, color: false });
    await expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  test('as a mail that neither a mailer, git nor quoting changes', async () => {
    const text = renderMail(report);
    for (const line of text.split('\n')) {
      expect(line.length, line).toBeLessThanOrEqual(72);
      expect(line).not.toMatch(/^(?:>|From |#|---|diff |Index: )|\s$|\t|[^ -~]/);
    }
    await expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}.mail.txt`);
  });

  test('as JSON that the published schema describes', () => {
    const text = renderJson([report]);
    expect(isDocument(JSON.parse(text)), JSON.stringify(isDocument.errors)).toBe(true);
    expect(JSON.parse(text)).toMatchObject({ version: 1, reports: [report] });
  });
});

test.each(['abba', 'livelock', 'use-after-free'] as const)('%s as Markdown', async (name) => {
  const text = renderMarkdown(reportFor(name));
  await expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}.md`);
});

test.each([
  ['abba', 'light'],
  ['livelock', 'dark'],
] as const)('%s as a picture, %s', async (name, theme) => {
  const text = renderSvg([reportFor(name)], { theme });
  await expect(`${text}\n`).toMatchFileSnapshot(`golden/${name}.${theme}.svg`);
});

test('the schema allows nothing that is not in it, and lacks nothing', () => {
  const document = JSON.parse(renderJson([reportFor('abba')])) as Record<string, unknown>;
  expect(isDocument({ ...document, more: 1 })).toBe(false);
  expect(isDocument({ ...document, version: 2 })).toBe(false);
  expect(isDocument({ ...document, reports: undefined })).toBe(false);
});

const whats = (name: Case): readonly string[] =>
  (reportFor(name).history?.milestones ?? []).map(
    ({ what, thread, number }) => `${what} ${thread} ${number}`,
  );

test('a use after free tells allocation, look-up, free and use', () => {
  expect(whats('use-after-free')).toEqual([
    'allocated maker 1',
    'looked up reader 3',
    'freed maker 5',
    'used reader 6',
  ]);
});

test('a double unlock tells where the lock was taken and released first', () => {
  expect(whats('double-unlock')).toEqual(['taken A 1', 'released first A 2', 'released again A 3']);
});

test('a leak tells who took the last reference, and where the last pointer went', () => {
  expect(whats('leak')).toContain('last get user 7');
  expect(whats('leak')).toContain('last pointer gone owner 11');
});

test('a data race has both accesses, neither of them taken, and the locks of each side', () => {
  const { race } = reportFor('data-race');
  expect(race).toMatchObject({
    objects: ['count'],
    first: { thread: 'A', number: null, holds: [{ object: 'a' }] },
    second: { thread: 'B', number: null, holds: [{ object: 'b' }] },
  });
  expect(race?.order).toMatch(/^no lock is held at both/);
});

test('the picture of a deadlock has each lock that closes the cycle, in the order of the schedule', () => {
  const { picture } = reportFor('abba');
  expect(picture?.threads).toEqual(['A', 'B']);
  expect(picture?.rows.map(({ lane, text, waits }) => [lane, text, waits])).toEqual([
    [0, 'mutex_lock a', false],
    [1, 'mutex_lock b', false],
    [1, 'mutex_lock a', true],
    [0, 'mutex_lock b', true],
  ]);
});

test('the racing pair of a deadlock says in which orders the locks are taken', () => {
  const { race } = reportFor('abba');
  expect(race).toMatchObject({ first: { thread: 'B' }, second: { thread: 'A' }, objects: ['b'] });
  expect(race?.order).toBe('A takes a before b, B takes b before a');
});

test('a stale mapping has CPU and device side by side, until the device alone maps the page', () => {
  const report = reportOf(
    'scenarios/nouveau/oom-reaper.hmm',
    'the OOM reaper against a GPU fault [linux/5.2-patient',
    'stale_mapping',
  );
  const rows = report.window?.rows ?? [];
  expect(isDocument(JSON.parse(renderJson([report])))).toBe(true);
  expect(report.window).toMatchObject({ cpu: 'M.ptes[0]', device: 'gpu.table[0]' });
  expect(rows.map(({ stale }) => stale)).toEqual([...rows.slice(1).map(() => false), true]);
  expect(rows.at(-1)).toMatchObject({ cpu: 'none', device: 'pfn 1 rw' });
});
