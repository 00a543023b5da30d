// SPDX-License-Identifier: MIT
/** vitest in watch mode on a project, seen from outside. */

import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { cleanEnvironment } from './project.ts';

/** What vitest reports. */
export type SessionEvent =
  | { readonly kind: 'ready'; readonly name: string }
  /** `tests`: `a.hmm the scenario: passed`, sorted; `a.hmm failed` for a file that did not load. */
  | { readonly kind: 'end'; readonly reason: string; readonly tests: readonly string[] };

/** A running watch mode. */
export class Session {
  readonly #child: ChildProcess;
  readonly #events: AsyncIterator<string, undefined>;

  constructor(folder: string) {
    const script = resolve(import.meta.dirname, 'session-process.ts');
    this.#child = spawn(process.execPath, [script], {
      cwd: folder,
      env: cleanEnvironment(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdout } = this.#child;
    if (stdout === null) throw new Error('no standard output');
    this.#events = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** The next event. */
  async next(): Promise<SessionEvent> {
    for (;;) {
      const { value, done } = await this.#events.next();
      if (done === true) throw new Error('vitest has ended');
      if (value.startsWith('{')) return JSON.parse(value) as SessionEvent;
    }
  }

  /** Results of the run that ends next. */
  async end(): Promise<readonly string[]> {
    for (;;) {
      const event = await this.next();
      if (event.kind === 'end') return event.tests;
    }
  }

  /** Cancels the run, as a key press in watch mode does. */
  cancel(): void {
    this.#child.stdin?.write('cancel\n');
  }

  /** Ends vitest and waits for it. */
  close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#child.on('close', () => done()));
    this.#child.stdin?.end();
    return closed;
  }
}
