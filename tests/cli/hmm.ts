// SPDX-License-Identifier: MIT
/** The command `hmm` in a process of its own, in a temporary folder. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const command = resolve(import.meta.dirname, '../../packages/cli/bin/hmm.js');

/** What a finished command left. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command under way; `finished` never rejects for what the command does. */
export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** A folder with these files. */
export interface Folder {
  readonly path: string;
  /** The last word may be variables of the environment instead; `CI` is unset without them. */
  start(...words: readonly (string | NodeJS.ProcessEnv)[]): Running;
  hmm(...words: readonly string[]): Promise<Finished>;
  dispose(): void;
}

/** Makes the folder; `dispose` removes it. */
export function createFolder(files: Readonly<Record<string, string>>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'hmmlab-command-')));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  const start: Folder['start'] = (...words) => {
    const given = words.filter((word) => typeof word === 'string');
    const variables = words.find((word) => typeof word === 'object');
    const child = spawn(process.execPath, [command, ...given], {
      cwd: path,
      env: { ...process.env, FORCE_COLOR: '1', CI: '', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
    const finished = new Promise<Finished>((done) =>
      child.on('close', (code) => done({ code, ...texts })),
    );
    return { child, finished };
  };
  return {
    path,
    start,
    hmm: (...words) => start(...words).finished,
    dispose: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Resolves once the command has written `text` to standard output; rejects if it ends without. */
export function shown({ child, finished }: Running, text: string): Promise<void> {
  return new Promise((done, fail) => {
    let out = '';
    child.stdout?.on('data', (more: string) => {
      out += more;
      if (out.includes(text)) done();
    });
    void finished.then(() => fail(new Error(`ended without '${text}': ${out}`)));
  });
}
