// SPDX-License-Identifier: MIT
/** docs/errors: a page for each code of the runtime and the command, and every example does what it says. */

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Instance, compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { coverageProblems, createSearch, programHash, replay } from '@hmmlab/runtime';
import { type Verdict, runtimeCodes } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';
import { cliCodes } from './codes.ts';
import { dispatch } from './dispatch.ts';
import { recorder } from './testing/recorder.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'docs/errors');
const rows = [...runtimeCodes, ...cliCodes];

interface Block {
  readonly language: string;
  /** `finding=deadlock max-states=3` as a map; `ok` has an empty value. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+) (.+)\n([^]*?)^```$/gm)].map(
    ([, language = '', info = '', text = '']) => ({
      language,
      attributes: new Map(
        info.split(' ').map((word) => [word.split('=')[0] ?? '', word.split('=')[1] ?? '']),
      ),
      text,
    }),
  );
}

function instanceOf(text: string): Instance {
  const { diagnostics, scenarios } = compile(text, 'page.hmm', createNodeHost({ root }));
  expect(diagnostics).toEqual([]);
  const [instance, second] = scenarios.flatMap((scenario) => scenario.instances);
  if (instance === undefined || second !== undefined) throw new Error('not one instance');
  return instance;
}

/** The verdict with the statements that are not reached among its problems. */
function verdictOf({ program }: Instance, attributes: Block['attributes']): Verdict {
  const number = (name: string): number => Number(attributes.get(name) ?? Number.NaN);
  const search = createSearch(program, {
    ...(attributes.has('max-states') ? { maxStates: number('max-states') } : {}),
    ...(attributes.get('strategy') === 'traces' ? { strategy: 'traces' } : {}),
    ...(attributes.has('max-bytes') ? { maxBytes: number('max-bytes') } : {}),
  });
  const stopped = attributes.get('limit');
  if (stopped === 'time-limit' || stopped === 'interrupted') return search.verdict(stopped);
  while (!search.advance(10_000));
  const verdict = search.verdict();
  const problems = coverageProblems([{ program, verdict }]);
  return { ...verdict, problems: [...verdict.problems, ...problems] };
}

function failing({ findings }: Verdict): readonly string[] {
  return findings
    .filter(({ fails, expectedBy }) => fails && expectedBy === null)
    .map(({ name }) => name);
}

function checkScenario({ attributes, text }: Block): void {
  const instance = instanceOf(text);
  if (attributes.has('replay')) {
    const schedule = attributes.get('schedule') ?? '';
    const result = replay(
      instance.program,
      schedule.replace('PROGRAM', `h1:${programHash(instance.program)}`),
    );
    const row = runtimeCodes.find(({ name }) => name === attributes.get('replay'));
    expect(result).toMatchObject({ kind: 'error', error: { code: row?.code } });
    return;
  }
  const verdict = verdictOf(instance, attributes);
  const problems = verdict.problems.map(({ name }) => name);
  if (attributes.has('finding')) {
    expect([...new Set(failing(verdict))]).toEqual([attributes.get('finding')]);
    expect(verdict.outcome).toBe('failed');
  } else if (attributes.has('problem')) {
    expect(failing(verdict)).toEqual([]);
    expect([...new Set(problems)]).toEqual([attributes.get('problem')]);
  } else if (attributes.has('limit')) {
    expect(verdict).toMatchObject({ outcome: 'inconclusive', why: attributes.get('limit') });
  } else {
    expect(attributes.has('ok')).toBe(true);
    expect(failing(verdict)).toEqual([]);
    expect(problems).toEqual([]);
    expect(verdict.outcome).toBe('passed');
  }
}

/**
 * Runs `hmm ...` or `CI=true hmm ...`, line by line, in a folder with good scenario files, one with an `only`,
 * one that is `wrong`, and a checkpoint of an old version. The last line is the one that is judged.
 */
async function checkCommand({ attributes, text }: Block): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'hmmlab-page-'));
  try {
    const scenario = 'scenario "one step each" {\n  int x\n  thread A: x = 1\n}\n';
    writeFileSync(join(place, 'scenario.hmm'), scenario);
    writeFileSync(join(place, 'only.hmm'), `only ${scenario}`);
    writeFileSync(join(place, 'other.hmm'), scenario.replace('x = 1', 'x = 2'));
    writeFileSync(join(place, 'wanted.hmm'), scenario.replace('}', '  expect always x == 1\n}'));
    writeFileSync(join(place, 'wrong.hmm'), scenario.replace('}', '  expect always x == 2\n}'));
    writeFileSync(join(place, 'old.checkpoint'), 'hmmlab checkpoint 0\n');
    const lines = text.trim().split('\n');
    for (const line of lines.slice(0, -1)) await runLine(line, place);
    const { code, out, err } = await runLine(lines.at(-1) ?? '', place);
    const wanted = attributes.get('error');
    expect(code).toBe(wanted === undefined ? 0 : 3);
    if (wanted === undefined) expect(out).not.toBe('');
    else expect(err).toContain(`error ${wanted}: `);
  } finally {
    rmSync(place, { recursive: true });
  }
}

async function runLine(
  line: string,
  place: string,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((word) => word[1] ?? word[0]);
  const ci = words[0] === 'CI=true';
  const [command, ...rest] = ci ? words.slice(1) : words;
  expect(command).toBe('hmm');
  const { console, out, err } = recorder(place, { ci });
  const code = await dispatch(rest, console);
  return { code, out: out(), err: err() };
}

test('one page per code, and no others', () => {
  const pages = readdirSync(folder).filter((name) => /^HMM[4-9]/.test(name));
  expect(pages.toSorted()).toEqual(rows.map(({ code }) => `${code}.md`).toSorted());
});

describe.each(rows)('$code $name', ({ code, name }) => {
  const page = readFileSync(join(folder, `${code}.md`), 'utf8');
  const blocks = blocksOf(page);

  test('has its title, an example that shows it and one without', () => {
    expect(page.split('\n')[0]).toBe(`# ${code}: ${name}`);
    if (code === 'HMM9001') return;
    const [shows, ...rest] = blocks;
    expect([...(shows?.attributes.values() ?? [])]).toContain(
      code.startsWith('HMM7') ? code : name,
    );
    expect(rest.some(({ attributes }) => attributes.has('ok'))).toBe(true);
  });

  test.each(blocks.map((block, index) => ({ index, block })))('block $index', async ({ block }) => {
    if (block.language === 'hmm') checkScenario(block);
    else await checkCommand(block);
  });
});
