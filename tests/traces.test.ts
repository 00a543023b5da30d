// SPDX-License-Identifier: MIT
/** `traces` says of every scenario what the search of all states says of it, where it comes to an end soon. */

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch, type SearchOptions } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const host = createNodeHost({ root });

/** Steps of either search; there is nothing to be compared if one needs more. */
const MOST_STEPS = 6000;

/** Null if it takes too long. */
function verdictOf(program: Program, options: SearchOptions): Verdict | null {
  const search = createSearch(program, options);
  for (let steps = 0; steps < MOST_STEPS; steps += 500)
    if (search.advance(500)) return search.verdict();
  return null;
}

/** What does not depend on which schedules were looked at. */
function comparable({ coverage, findings, ...verdict }: Verdict): unknown {
  const known = findings.map(({ name, thread, object, span, within, expectedBy, fails }) =>
    JSON.stringify({ name, thread, object, span, within, expectedBy, fails }),
  );
  return { ...verdict, exhaustive: coverage.exhaustive, findings: known.toSorted() };
}

const files = readdirSync(resolve(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .map((name) => `scenarios/${name.replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.hmm'))
  .toSorted();

let compared = 0;

describe('every scenario', () => {
  test.each(files)('%s', { timeout: 0 }, (file) => {
    const { scenarios } = compile(readFileSync(resolve(root, file), 'utf8'), file, host);
    for (const { name, program } of scenarios.flatMap(({ instances }) => instances)) {
      if (program.restriction !== undefined) continue;
      const traces = verdictOf(program, { strategy: 'traces' });
      if (traces === null) continue;
      expect(traces.kind, name).not.toBe('broken');
      if (!traces.coverage.exhaustive) {
        expect(['unbounded-loop', 'promises-not-judged'], name).toContain(traces.why);
        expect(traces.kind, name).not.toBe('holds');
        continue;
      }
      const states = verdictOf(program, { checks: 'safety' });
      if (states === null) continue;
      expect(comparable(traces), name).toEqual(comparable(states));
      compared += 1;
    }
  });

  test('most of them are compared', () => {
    expect(compared).toBeGreaterThan(200);
  });
});
