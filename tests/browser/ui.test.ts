// SPDX-License-Identifier: MIT
/**
 * vitest's UI in a real browser, on all scenarios with three made to fail: what a user sees there.
 * Screenshots go to `screenshots/`, light and dark, to be looked at.
 */

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Project, createProject } from '../vitest/project.ts';
import { launchChromium, whyNoChromium } from './chromium.ts';
import { type UiServer, startUi } from './ui-server.ts';

const root = resolve(import.meta.dirname, '../..');
const screenshots = join(root, 'screenshots');

const CONFIG = `import { hmm } from '@hmmlab/vitest';
export default {
  plugins: [hmm()],
  test: { include: ['scenarios/**/*.hmm'], isolate: false },
};
`;

/** Expectations without which a scenario fails. */
const taken: readonly (readonly [file: string, expectation: string])[] = [
  ['locks/abba.hmm', '  expect deadlock on b in A\n'],
  ['locks/unlock.hmm', '  expect unlock_not_held on m in A\n'],
  ['locks/lifetime.hmm', '  expect use_after_free on foo in reader\n'],
];

/** The page takes its time where the machine is busy. */
const patient = { timeout: 60_000 };

const missing = whyNoChromium();
const note = missing === null ? '' : ` (skipped: ${missing})`;

describe.skipIf(missing !== null)(`the UI${note}`, { timeout: 600_000 }, () => {
  let project: Project;
  let server: UiServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    project = createProject({ 'vitest.config.mjs': CONFIG });
    cpSync(join(root, 'scenarios'), join(project.folder, 'scenarios'), { recursive: true });
    for (const [file, expectation] of taken) {
      const path = join(project.folder, 'scenarios', file);
      const text = readFileSync(path, 'utf8');
      expect(text).toContain(expectation);
      writeFileSync(path, text.replace(expectation, ''));
    }
    mkdirSync(screenshots, { recursive: true });
    server = await startUi(project.folder);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
    await page.goto(server.url);
  }, 600_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    project?.dispose();
  });

  /** In both colour schemes. */
  async function photograph(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(screenshots, `${name}-${colorScheme}.png`) });
    }
  }

  /** Selects the test with this name in the explorer. */
  async function open(name: string): Promise<void> {
    await page.getByPlaceholder(/^Search/).fill(name);
    const items = page.getByTestId('explorer-item').and(page.getByLabel(name, { exact: true }));
    await items.filter({ visible: true }).first().click();
    await page.getByTestId('btn-report').click();
  }

  test('counts on the dashboard what failed', async () => {
    await expect
      .poll(() => page.getByTestId('fail-entry').innerText(), patient)
      .toMatch(/^3\s+Fail$/);
    expect(await page.getByTestId('pass-entry').innerText()).toMatch(/^[\d.,]{3,}\s+Pass$/);
    await photograph('dashboard');
  });

  test('shows the finding with both schedules in the report', async () => {
    await open('ABBA');
    const report = page.getByTestId('file-detail');
    await report.getByText('deadlock (HMM4101)').first().waitFor();
    const text = await report.innerText();
    expect(text).toContain('- passing schedule');
    expect(text).toContain('+ failing schedule');
    expect(text).toContain('hmm replay scenarios/locks/abba.hmm');
    expect(text).toContain('scenarios/locks/abba.hmm:6:27');
    const picture = report.locator('img').first();
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(async () => (await picture.boundingBox())?.width ?? 0, patient)
      .toBeGreaterThan(300);
    await photograph('picture');
    await report.getByText('deadlock (HMM4101)').first().scrollIntoViewIfNeeded();
    await photograph('report');
  });

  test('shows each step at its line in the code', async () => {
    await open('ABBA');
    await page.getByTestId('btn-code').click();
    const editor = page.getByTestId('editor');
    await editor.getByText('schedule:').first().waitFor();
    const notes = await editor.getByRole('note').allInnerTexts();
    expect(notes).toEqual([
      'schedule: 1  A  mutex_lock a  a: free -> A',
      'schedule: 4  A  mutex_lock b: queues  b queue: + A  <- waits for B',
      'schedule: 2  B  mutex_lock b  b: free -> B  <- decides',
      'schedule: 3  B  mutex_lock a: queues  a queue: + B  <- waits for A',
    ]);
    await photograph('code');
  });

  test('runs a file again that is edited and saved in the browser', async () => {
    await open('ABBA');
    await page.getByTestId('btn-code').click();
    await page.getByTestId('editor').getByText('/// Can two threads').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('todo scenario "one more"\n');
    await page.keyboard.press('Control+s');
    await page.getByPlaceholder(/^Search/).fill('one more');
    const todo = page.getByTestId('explorer-item').and(page.getByLabel('one more'));
    await todo.filter({ visible: true }).first().waitFor();
    await photograph('saved');
  });
});
