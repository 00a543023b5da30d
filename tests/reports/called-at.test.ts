// SPDX-License-Identifier: MIT
/** A finding inside of the simulated kernel says which statement of the scenario called there. */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { type FindingReport, renderTerminal, reportFinding } from '@hmmlab/reporter';
import { createSearch } from '@hmmlab/runtime';
import { expect, test } from 'vitest';

const host = createNodeHost({ root: import.meta.dirname });

function reportOf(body: string): FindingReport {
  const text = `scenario "s" {\n  use linux/5.3\n  mm M\n  vma heap on M: 1 pages rw anon present
  device gpu mirrors M\n  range R on gpu: heap\n  ${body}\n}\n`;
  const program = compile(text, 'a.hmm', host).scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no program');
  const search = createSearch(program);
  while (!search.advance(10_000));
  return reportFinding(program, search.verdict(), 0, new Map([['a.hmm', text]]));
}

test('in the kernel: the call', () => {
  const report = reportOf('thread A: fault range R');
  expect(report.location.file).toMatch(/^kernel\//);
  expect(report.calledAt).toEqual({ file: 'a.hmm', line: 7, column: 13 });
  const text = renderTerminal(report, { width: 200, color: false });
  expect(text).toContain('> mmap_assert_locked called at a.hmm:7:13 of "s"');
});

test('in the scenario itself: nothing', () => {
  const report = reportOf('thread A: up_read mmap_sem');
  expect(report.location).toMatchObject({ file: 'a.hmm', line: 7 });
  expect(report.calledAt).toBeNull();
});
