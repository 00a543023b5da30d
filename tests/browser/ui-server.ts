// SPDX-License-Identifier: MIT
/** `vitest --ui` in watch mode on a project. */

import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { cleanEnvironment } from '../vitest/project.ts';

const vitest = resolve(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');

/** A running server with its address. */
export interface UiServer {
  /** With the token that lets a browser in. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it and waits for the end of the first run. @throws with its output if it ends before */
export async function startUi(folder: string): Promise<UiServer> {
  const args = [vitest, '--ui', '--watch', '--open=false', '--api.port=0'];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: cleanEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const url = await firstRun(child);
  return { url, close: () => end(child) };
}

function firstRun(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((done, fail) => {
    const read = (text: string): void => {
      output += text;
      const url = /http:\/\/\S+\/__vitest__\/\S*/.exec(output)?.[0];
      if (url !== undefined && /Watching for file changes|Waiting for file changes/.test(output))
        done(url);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', read);
    child.on('error', fail);
    child.on('close', () => fail(new Error(`vitest --ui has ended:\n${output}`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  const closed = new Promise<void>((done) => child.on('close', () => done()));
  child.kill();
  return closed;
}
