// SPDX-License-Identifier: MIT
/** Every scenario is compiled and searched twice: the same input gives the same bytes. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { describe, expect, test } from 'vitest';

/** Enough for all but the largest scenarios to finish; those are compared up to here. */
const MAX_STATES = 5_000;

const root = join(import.meta.dirname, '..');
const files = readdirSync(join(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hmm'))
  .map((file) => `scenarios/${file.replaceAll('\\', '/')}`)
  .toSorted();

function runOnce(file: string): string {
  const host = createNodeHost({ root });
  const compilation = compile(readFileSync(join(root, file), 'utf8'), file, host);
  const instances = compilation.scenarios.flatMap((scenario) => scenario.instances);
  const verdicts = instances.map(({ program }) => {
    const search = createSearch(program, { maxStates: MAX_STATES });
    while (!search.advance(1_000_000));
    return search.verdict();
  });
  return JSON.stringify([compilation.diagnostics, instances, verdicts]);
}

describe('same input, same bytes', () => {
  test('there are scenarios', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  test.each(files)('%s', (file) => {
    const first = runOnce(file);
    expect(first.length).toBeGreaterThan(2);
    expect(runOnce(file) === first).toBe(true);
  });
});
