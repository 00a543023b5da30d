// SPDX-License-Identifier: MIT
/** What the README promises: its two commands, its scenario, and the report that it shows. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { renderTerminal, reportFinding } from '@hmmlab/reporter';
import { createSearch } from '@hmmlab/runtime';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const readme = readFileSync(resolve(root, 'README.md'), 'utf8');

/** The text of the first fenced block with this info string. */
function block(info: string): string {
  const found = new RegExp(`^\`\`\`${info}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme);
  return found?.[1] ?? '';
}

test('the first two npx lines run the scenarios and the tests', () => {
  const lines = readme.split('\n').filter((line) => line.startsWith('npx'));
  expect(lines.slice(0, 2)).toEqual(['npx -y pnpm@12.21.0 scenarios', 'npx -y pnpm@12.21.0 test']);
});

test('every command of the README is a script of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const used = [...readme.matchAll(/npx -y pnpm@12\.21\.0 ([a-z:]+)/g)].map(([, name]) => name);
  expect(used).toEqual(expect.arrayContaining(['watch', 'ui', 'hmm']));
  for (const name of used) expect(scripts).toHaveProperty([name ?? '']);
});

test('the scenario of the README gives the report that follows it', () => {
  const file = 'zap.hmm';
  const { scenarios, diagnostics, sources } = compile(block('hmm'), file, createNodeHost({ root }));
  expect(diagnostics).toEqual([]);
  const programs = scenarios.flatMap(({ instances }) => instances.map(({ program }) => program));
  expect(programs).toHaveLength(1);

  const reports = programs.map((program) => {
    const search = createSearch(program);
    while (!search.advance(10_000));
    const verdict = search.verdict();
    expect(verdict.findings.map(({ name, object }) => `${name} on ${object}`)).toEqual([
      'deadlock on memory_lock',
    ]);
    const report = reportFinding(program, verdict, 0, sources);
    return renderTerminal(report, { width: 100, color: false });
  });
  // The hash in the replay line too: whoever pastes it gets this schedule.
  expect(reports.join('\n').trim()).toBe(block('text').trim());
});
