// SPDX-License-Identifier: MIT
/** Lines from standard input: with a prompt and editing at a terminal, as they come from a pipe. */

import { createInterface } from 'node:readline';
import { isatty } from 'node:tty';
import type { LineInput } from './console.ts';

/** At a terminal both streams must be one, else nobody would see the prompt. */
export function openLineInput(
  input: NodeJS.ReadStream & { readonly fd: number },
  output: NodeJS.WriteStream & { readonly fd: number },
): LineInput {
  const isTerminal = isatty(input.fd) && isatty(output.fd);
  const lines = createInterface({ input, ...(isTerminal ? { output } : {}), terminal: isTerminal });
  const ready: string[] = [];
  let ended = false;
  let waiting: ((line: string | null) => void) | null = null;
  const give = (line: string | null): void => {
    const wake = waiting;
    waiting = null;
    if (wake !== null) wake(line);
    else if (line !== null) ready.push(line);
  };
  lines.on('line', give);
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => {
    ended = true;
    give(null);
  });
  return {
    isTerminal,
    close: () => lines.close(),
    ask: (prompt) => {
      const line = ready.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (ended) return Promise.resolve(null);
      if (isTerminal) {
        lines.setPrompt(prompt);
        lines.prompt();
      }
      return new Promise((done) => {
        waiting = done;
      });
    },
  };
}
