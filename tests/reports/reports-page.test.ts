// SPDX-License-Identifier: MIT
/**
 * docs/reports.md: its Promela models run in SPIN, its scenarios here, and what both print is on the page.
 * `vitest --update` writes the page anew. Of runs on the simulated kernel the steps may differ. Without SPIN 6.5.2 and a C compiler its trails stay as they are.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { type FindingReport, renderMail, renderTerminal, reportFinding } from '@hmmlab/reporter';
import { createSearch } from '@hmmlab/runtime';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const file = join(root, 'docs/reports.md');
const page = readFileSync(file, 'utf8');

const hasSpin =
  spawnSync('which', ['spin']).status === 0 &&
  spawnSync('spin', ['-V'], { encoding: 'utf8' }).stdout.includes('6.5.2') &&
  spawnSync('gcc', ['--version']).error === undefined;

/** Runs commands in a folder with the model; what the last one prints. */
function trailOf(model: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hmmlab-trail-'));
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    const run = (command: string, ...words: readonly string[]): string =>
      spawnSync(command, words, { cwd: folder, encoding: 'utf8' }).stdout;
    run('spin', '-a', 'model.pml');
    run('gcc', '-DREACH', '-DSAFETY', '-o', 'pan', 'pan.c');
    run('./pan', '-i');
    const lines = run('spin', '-t', '-p', '-g', '-l', 'model.pml').split('\n');
    return lines
      .filter((line) => !line.startsWith('spin: warning'))
      .map((line) => line.replaceAll('\t', '  ').trimEnd())
      .join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function reportOf(text: string, finding: string): FindingReport {
  const name = text.startsWith('use linux') ? 'fault.hmm' : 'zap.hmm';
  const { scenarios, sources } = compile(text, name, createNodeHost({ root }));
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no scenario');
  const search = createSearch(program);
  while (!search.advance(10_000));
  const verdict = search.verdict();
  const index = verdict.findings.findIndex((each) => each.name === finding);
  return reportFinding(program, verdict, index, sources);
}

/**
 * What a report is about: the finding, what decides, whose history is told. Kernel sources change, and with them
 * the steps of a schedule, while the page is as good as before.
 */
function subject(text: string): string {
  const said =
    /^\w+ \(HMM\d+\)|^the order of two steps decides, on [\w.]+|^what became of .*|^the page in .*/gm;
  return [...text.matchAll(said)].map(([line]) => line).join('\n');
}

const block =
  /^(?:<!-- (?<form>finding|mail): (?<name>\w+) -->\n\n)?```(?<info>\w+)\n(?<text>[^]*?)^```$/gm;

test('every model and scenario prints what the page shows', async () => {
  let model = '';
  let scenario = '';
  const written = page.replace(block, (whole: string, ...more: readonly unknown[]) => {
    const groups = more.at(-1) as Readonly<Record<string, string | undefined>>;
    const { form, name = '', info, text = '' } = groups;
    if (info === 'promela') model = text;
    if (info === 'hmm') scenario = text;
    if (info !== 'text') return whole;
    if (form === undefined) return hasSpin ? `\`\`\`text\n${trailOf(model)}\`\`\`` : whole;
    const report = reportOf(scenario, name);
    const shown =
      form === 'mail' ? renderMail(report) : renderTerminal(report, { width: 100, color: false });
    if (scenario.startsWith('use linux') && subject(shown) === subject(text)) return whole;
    return `<!-- ${form}: ${name} -->\n\n\`\`\`text\n${shown}\n\`\`\``;
  });
  await expect(written).toMatchFileSnapshot(file);
});
