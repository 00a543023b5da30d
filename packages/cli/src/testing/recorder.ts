// SPDX-License-Identifier: MIT
/** A console that keeps what is written, for tests. */

import type { Console } from '../console.ts';

/** What the command wrote so far. */
export interface Recorder {
  readonly console: Console;
  readonly out: () => string;
  readonly err: () => string;
}

/** Streams without colour that are no terminals, unless `terminal`. */
export function recorder(
  folder: string,
  {
    terminal = false,
    ci = false,
    input = [],
  }: { terminal?: boolean; ci?: boolean; input?: readonly string[] } = {},
): Recorder {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err'): Console['out'] => ({
    write: (text) => {
      written[name] += text;
    },
    color: false,
    isTerminal: terminal,
  });
  return {
    console: {
      inputIsTerminal: terminal,
      openInput: () => {
        const lines = [...input];
        return {
          isTerminal: terminal,
          ask: () => Promise.resolve(lines.shift() ?? null),
          close: () => {},
        };
      },
      out: stream('out'),
      err: stream('err'),
      width: 100,
      folder,
      interrupted: () => false,
      checkpointAsked: () => false,
      ci,
    },
    out: () => written.out,
    err: () => written.err,
  };
}
