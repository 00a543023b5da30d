// SPDX-License-Identifier: MIT
/**
 * What docs/embedded.md shows: its tests pass in vitest and are well typed, its script prints what is
 * shown (`vitest --update` writes that anew).
 */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { hmm } from '@hmmlab/embedded';
import { afterEach, expect, test } from 'vitest';
import { type Project, cleanEnvironment, createProject } from './vitest/project.ts';

const root = resolve(import.meta.dirname, '..');
const path = resolve(root, 'docs/embedded.md');
const page = readFileSync(path, 'utf8');
const execute = promisify(execFile);

let project: Project | undefined;

afterEach(() => {
  project?.dispose();
  project = undefined;
});

/** The text of the fenced block with this info string. */
function block(info: string): string {
  const found = [...page.matchAll(new RegExp(`^\`\`\`${info}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))];
  expect(found).toHaveLength(1);
  return found[0]?.[1] ?? '';
}

/** Runs a script in the project under Node alone; gives its output. */
async function runScript(name: string, text: string): Promise<string> {
  project = createProject({ [name]: text });
  const { stdout } = await execute(process.execPath, [name], {
    cwd: project.folder,
    env: cleanEnvironment(),
  });
  return stdout;
}

test('the tests pass in vitest', async () => {
  project = createProject({ 'doc.test.ts': block('ts vitest') });
  const { output, code } = await project.run();
  expect(output).toContain('4 passed (4)');
  expect(code).toBe(0);
});

test('the matchers answer, and an error stands in the template', async () => {
  const text = block('ts matchers');
  project = createProject({
    'doc.test.ts': text,
    'wrong.test.ts': text.replace("toReach('moved == 2')", "toReach('moved == 4')"),
    'hidden.test.ts': text.replace('not.toFind', 'toFind'),
  });
  const { output } = await project.run();
  expect(output).toContain('1 passed');
  expect(output).toContain('never_happens (HMM4902): sometimes moved == 4');
  expect(output).toContain('❯ wrong.test.ts:6:12');
  expect(output).toContain('not_found (HMM4901): no schedule reaches lock_held_at_exit');
});

test('the script prints what is shown', async () => {
  const output = await runScript('script.ts', block('ts script'));
  await expect(page.replace(block('text'), () => `${output.trim()}\n`)).toMatchFileSnapshot(path);
});

test('all of it is well typed, and a wrong value is not', async () => {
  const config = { compilerOptions: { strict: true, noEmit: true, module: 'nodenext', types: [] } };
  project = createProject({
    'doc.test.ts': block('ts vitest'),
    'matchers.test.ts': block('ts matchers'),
    'wrong-name.ts': `${block('ts matchers')}await expect(transfer).toFind('dead_lock');\n`,
    'script.ts': block('ts script').replace('console.log', 'String'),
    'wrong.ts': "import { hmm } from '@hmmlab/embedded';\nhmm`${true}`;\n",
    'tsconfig.json': JSON.stringify({ ...config, include: ['*.ts'] }),
  });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const failure: unknown = await execute(process.execPath, [tsc], { cwd: project.folder }).catch(
    (error: unknown) => error,
  );
  const { stdout = '' } = failure as { readonly stdout?: string };
  expect(stdout.split('\n').filter((line) => line.includes('error TS'))).toEqual([
    expect.stringMatching(
      /^wrong-name\.ts\(\d+,31\): error TS2345: Argument of type '"dead_lock"'/,
    ),
    expect.stringMatching(/^wrong\.ts\(2,7\): error TS2345: Argument of type 'boolean'/),
  ]);
});

test('places in a file with Windows line ends, and an error that vitest shows there', async () => {
  const text = [
    "import { hmm } from '@hmmlab/embedded';",
    "import { test } from 'vitest';",
    'type Ignored = { a: 1 };',
    "test('x', () => hmm`scenario ${'s' as string} {",
    '  int x',
    '  thread A: x = missing',
    '}`.run());',
    '',
  ].join('\r\n');
  project = createProject({ 'crlf.test.ts': text });
  const { output, code } = await project.run();
  expect(code).toBe(1);
  expect(output).toContain('HMM2001: unknown name `missing` (crlf.test.ts:6:17)');
  expect(output).toMatch(/❯ crlf\.test\.ts:6:17/);
});

test('a compiled file without a source map has places of its own', async () => {
  const output = await runScript(
    'compiled.mjs',
    "import { hmm } from '@hmmlab/embedded';\n" +
      'const text = ["scenario \\"s\\" {\\n thread A: x = 1 }"];\n' +
      'const { place } = hmm(Object.assign([...text], { raw: text })).compilation.diagnostics[0];\n' +
      'console.log(place.file, place.line, place.column);\n',
  );
  expect(output).toBe('hmm template in compiled.mjs, line 3 2 12\n');
});

test('the built package finds its caller too', () => {
  const { diagnostics } = hmm`scenario "s" { thread A: missing = 1 }`.compilation;
  expect(diagnostics.map(({ place: { file, column } }) => [file, column])).toEqual([
    ['tests/embedded.test.ts', 56],
  ]);
});
