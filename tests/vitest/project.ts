// SPDX-License-Identifier: MIT
/** A small project in a temporary folder, with the real vitest and our plugin, for tests that run both. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');

const CONFIG = `import { hmm } from '@hmmlab/vitest';
export default { plugins: [hmm()] };
`;

/** What a finished `vitest run` left. */
export interface Run {
  readonly code: number | null;
  /** Standard output and standard error together, without colours. */
  readonly output: string;
}

/** The folder; files are named relative to it. */
export interface Project {
  readonly folder: string;
  write(name: string, text: string): void;
  remove(name: string): void;
  /** Runs `vitest run` with more arguments, to its end. */
  run(...args: readonly string[]): Promise<Run>;
  dispose(): void;
}

/** A project with these files and, unless one of them is it, a minimal configuration. */
export function createProject(files: Readonly<Record<string, string>>): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-project-')));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  // A node_modules of its own, so that it has a module cache of its own.
  for (const scope of ['@hmmlab', '@vitest'])
    mkdirSync(join(folder, 'node_modules', scope), { recursive: true });
  for (const name of ['vitest', '@vitest/ui', '@hmmlab/vitest', '@hmmlab/embedded'])
    symlinkSync(
      realpathSync(join(repository, 'node_modules', name)),
      join(folder, 'node_modules', name),
      'junction',
    );
  const all = { 'package.json': '{"type":"module"}', 'vitest.config.mjs': CONFIG, ...files };
  for (const [name, text] of Object.entries(all)) write(name, text);
  return {
    folder,
    write,
    remove: (name) => rmSync(join(folder, name)),
    run: (...args) => runVitest(folder, args),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The environment without what the surrounding vitest has put there. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|TEST|NODE_ENV|NODE_OPTIONS|FORCE_|GITHUB_ACTIONS|CI$)/.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}

function runVitest(folder: string, args: readonly string[]): Promise<Run> {
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...args], {
    cwd: folder,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, output }));
  });
}
