// SPDX-License-Identifier: MIT
/** Reports of real runs: a scenario file of this repository, searched, one of its findings. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { type FindingReport, reportFinding } from '@hmmlab/reporter';
import { createSearch } from '@hmmlab/runtime';

const root = resolve(import.meta.dirname, '../..');

/** The finding of this name in the instance whose name begins so; the first of several. */
export function reportOf(file: string, instance: string, finding: string): FindingReport {
  const text = readFileSync(resolve(root, file), 'utf8');
  const { scenarios, sources } = compile(text, file, createNodeHost({ root }));
  const all = scenarios.flatMap(({ instances }) => instances);
  const found = all.find(({ name }) => name.startsWith(instance));
  if (found === undefined) throw new Error(`${file} has no ${instance}`);
  const { program, name } = found;
  const search = createSearch(program);
  while (!search.advance(10_000));
  const verdict = search.verdict();
  const index = verdict.findings.findIndex((each) => each.name === finding);
  if (index < 0) throw new Error(`${name} finds no ${finding}`);
  return reportFinding(program, verdict, index, sources, { scenario: name });
}
