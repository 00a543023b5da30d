// SPDX-License-Identifier: MIT
/** Writes checkpoints of one search: at intervals, when asked to, and when it is stopped. */

import type { Search } from '@hmmlab/runtime';
import { writeCheckpoint } from './checkpoint-file.ts';
import { type CliError, cliError } from './codes.ts';

/** What a keeper needs to know of the outside. */
export interface KeeperContext {
  /** Absolute, and as the user called it. */
  readonly file: string;
  readonly name: string;
  readonly everyMs: number;
  /** True once each time that somebody has asked for a checkpoint. */
  readonly asked: () => boolean;
  /** Told once, of the first that could not be written; the search goes on. */
  readonly onFailure: (error: CliError) => void;
  /** The search was stopped, and is in the file. */
  readonly onKept: () => void;
}

export class CheckpointKeeper {
  readonly #context: KeeperContext;
  #writtenAt = 0;
  #failed = false;

  constructor(context: KeeperContext) {
    this.#context = context;
  }

  /** Between two slices; `now` gives milliseconds since the beginning. */
  turn(search: Search, now: () => number): void {
    const asked = this.#context.asked();
    if (!asked && now() - this.#writtenAt < this.#context.everyMs) return;
    this.#write(search);
    // From its end on: on a slow disk a search still has its time.
    this.#writtenAt = now();
  }

  /** The search is not going on here. */
  stop(search: Search): void {
    if (this.#write(search)) this.#context.onKept();
  }

  #write(search: Search): boolean {
    const { file, name, onFailure } = this.#context;
    try {
      const checkpoint = search.checkpoint();
      if (checkpoint === null) return false;
      writeCheckpoint(file, checkpoint);
      return true;
    } catch (thrown) {
      if (!this.#failed) onFailure(notWritten(name, String(thrown)));
      this.#failed = true;
      return false;
    }
  }
}

/** What to say when a checkpoint cannot be written. */
export function notWritten(name: string, why: string): CliError {
  const help = 'name another file with --checkpoint';
  return cliError('checkpoint-not-written', `'${name}' cannot be written: ${why}`, help);
}
