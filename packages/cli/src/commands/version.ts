// SPDX-License-Identifier: MIT
/** `hmm --version`. */

import { readFileSync } from 'node:fs';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';

/** The version of this package. */
export function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  const { version: text } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return text;
}

/** Prints it. */
export function printVersion(console: Console): ExitCode {
  console.out.write(`${version()}\n`);
  return 0;
}
