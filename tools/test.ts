// Everything that must be green, in one command: build, static checks, unit tests and scenarios.
//
// The static checks run beside vitest, and their output is held back until vitest is done, so that
// vitest's own summary stands close to the end. The last line is `N passed, N failed`: tests, plus
// one failure for each check, test file or error that has no test to its name.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { type Counts, type JsonReport, countTests } from './count-tests.ts';

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

const root = resolve(import.meta.dirname, '..');
const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
};

/** Runs one command to its end. With `live`, its output goes straight through instead of back. */
function run(name: string, command: readonly string[], live = false): Promise<Outcome> {
  const start = performance.now();
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    env: environment,
    stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((done) => {
    const finish = (ok: boolean): void =>
      done({ name, ok, output, seconds: (performance.now() - start) / 1000 });
    child.on('error', (error) => {
      output += error.message;
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

function print({ name, ok, output, seconds }: Outcome): void {
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name}  ${seconds.toFixed(1)} s`);
  if (!ok) console.log(`${output.trimEnd()}\n`);
}

/** One after the other: vitest has the other core. */
async function staticChecks(built: boolean): Promise<Outcome[]> {
  return [
    ...(built ? [await run('types', ['tsc', '-b'])] : []),
    await run('lint', ['oxlint', '--type-aware', '--deny-warnings']),
    await run('knip', ['knip', '--no-progress']),
    await run('format', ['prettier', '--check', '--log-level', 'warn', '.']),
  ];
}

/** Runs both vitest projects and counts what they report. */
async function tests(): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'hmmlab-test-'));
  const report = join(folder, 'report.json');
  try {
    const command = ['vitest', 'run', '--reporter=default', '--reporter=json'];
    const { ok } = await run('vitest', [...command, `--outputFile.json=${report}`], true);
    return countTests(JSON.parse(readFileSync(report, 'utf8')) as JsonReport, ok);
  } catch (error) {
    console.error(`no report from vitest: ${String(error)}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const build = await run('build', [
  'tsc',
  '-b',
  'packages/vitest',
  'packages/embedded',
  'packages/cli',
]);
print(build);
const [checks, counts] = await Promise.all([
  staticChecks(build.ok),
  build.ok ? tests() : { passed: 0, failed: 0 },
]);
checks.forEach(print);

const failedChecks = [build, ...checks].filter((check) => !check.ok);
const failed = counts.failed + failedChecks.length;
if (failedChecks.length > 0)
  console.log(`failed besides tests: ${failedChecks.map((check) => check.name).join(', ')}`);
console.log(`${counts.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
