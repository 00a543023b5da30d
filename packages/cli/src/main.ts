// SPDX-License-Identifier: MIT
/** The process around the commands, and the only place that knows it. Started by `bin/hmm.js`. */

import { isatty } from 'node:tty';
import { isSupported } from 'tinyrainbow';
import type { TextStream } from './console.ts';
import { dispatch } from './dispatch.ts';
import { openLineInput } from './line-input.ts';

const DEFAULT_WIDTH = 100;

let stopped = false;
let checkpointAsked = false;

// Once: a second Ctrl-C ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    stopped = true;
  });
}
process.on('SIGUSR1', () => {
  checkpointAsked = true;
});

function takeRequest(): boolean {
  const asked = checkpointAsked;
  checkpointAsked = false;
  return asked;
}

/** Ends the work, not the process, when nobody reads what it writes (`hmm run ... | head`). */
function textStream(stream: NodeJS.WriteStream & { readonly fd: number }): TextStream {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    stopped = true;
  });
  const isTerminal = isatty(stream.fd);
  return {
    write: (text) => void stream.write(text),
    color: isTerminal && isSupported(),
    isTerminal,
  };
}

process.exitCode = await dispatch(process.argv.slice(2), {
  inputIsTerminal: isatty(process.stdin.fd),
  openInput: () => openLineInput(process.stdin, process.stdout),
  out: textStream(process.stdout),
  err: textStream(process.stderr),
  width: (process.stdout.isTTY && process.stdout.columns) || DEFAULT_WIDTH,
  folder: process.cwd(),
  interrupted: () => stopped,
  checkpointAsked: takeRequest,
  ci: !['', '0', 'false'].includes(process.env['CI'] ?? ''),
});
