// SPDX-License-Identifier: MIT
/** The machine's own Chromium, driven by playwright-core: nothing is downloaded. */

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The path of an executable, or null. */
function findChromium(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find((path) => mayRun(path)) ?? null;
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why no browser can be started, or null. */
export function whyNoChromium(): string | null {
  return findChromium() === null ? 'no chromium on this machine' : null;
}

/** @throws if there is none */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no chromium on this machine');
  // Root, as in a container, may not use the sandbox.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
