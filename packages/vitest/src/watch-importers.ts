// SPDX-License-Identifier: MIT
/**
 * Watch mode: an edited, new or deleted .hmm file also concerns the files that import it.
 *
 * vitest stops at the first test file it meets on the way up the module graph, and every .hmm file is
 * one. So a change is repeated for each importer, on Vite's own watcher: vitest then invalidates and
 * runs it as if it had been edited itself.
 */

import type { TestProject, Vite } from 'vitest/node';
import { slashed } from './hmm-id.ts';

/**
 * Starts to repeat changes.
 *
 * @param projects  of vitest that use the plugin; may grow later.
 * @param dependsOn whether a test file (absolute) depends on another file (absolute).
 */
export function watchImporters(
  watcher: Vite.FSWatcher,
  projects: ReadonlySet<TestProject>,
  dependsOn: (test: string, file: string) => boolean,
): void {
  const repeated = new Set<string>();
  const repeat = async (changed: string): Promise<void> => {
    const file = slashed(changed);
    if (!file.endsWith('.hmm') || repeated.delete(file)) return;
    for (const test of await testFiles(projects))
      if (test !== file && dependsOn(test, file)) {
        repeated.add(test);
        watcher.emit('change', test);
      }
  };
  for (const event of ['change', 'add', 'unlink'] as const)
    watcher.on(event, (changed: string) => void repeat(changed));
}

async function testFiles(projects: ReadonlySet<TestProject>): Promise<ReadonlySet<string>> {
  const files = new Set<string>();
  for (const project of projects)
    for (const file of (await project.globTestFiles()).testFiles)
      if (file.endsWith('.hmm')) files.add(slashed(file));
  return files;
}
