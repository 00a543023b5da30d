// SPDX-License-Identifier: MIT
/** `hmm explain HMM4101` or `deadlock`: the page of a code, as in docs/errors; `hmm explain`: all codes. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dslCodes } from '@hmmlab/dsl';
import type { CodeRow } from '@hmmlab/runtime/program';
import { runtimeCodes } from '@hmmlab/runtime/program';
import { cliCodes, cliError } from '../codes.ts';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';
import { nearest } from '../nearest.ts';
import { printCliError } from '../print-diagnostics.ts';

/** In the published package (copied when it is packed), and in the repository. */
const FOLDERS = ['../../docs/errors', '../../../../docs/errors'].map((path) =>
  resolve(import.meta.dirname, path),
);

/** `code` may be its name, or in small letters and without `HMM`; empty for the list of all. */
export function explain(code: string, console: Console): ExitCode {
  if (code === '') {
    for (const row of allCodes()) console.out.write(`${row.code}  ${row.name}: ${row.title}\n`);
    return 0;
  }
  return explainOne(code, console);
}

function allCodes(): readonly CodeRow[] {
  const rows = [...dslCodes, ...runtimeCodes, ...cliCodes];
  return rows.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function explainOne(code: string, console: Console): ExitCode {
  const folder = FOLDERS.find((path) => existsSync(path));
  const pages = folder === undefined ? [] : readdirSync(folder);
  const named = allCodes().find(({ name }) => name === code.toLowerCase());
  const wanted = `${named?.code ?? code.toUpperCase().replace(/^(?=\d)/, 'HMM')}.md`;
  if (folder === undefined || !pages.includes(wanted)) {
    const names = allCodes().map(({ name }) => name);
    const closest = nearest(wanted, pages)?.replace(/\.md$/, '') ?? nearest(code, names);
    const help =
      closest === null
        ? 'codes look like HMM4101; `hmm explain` lists all'
        : `did you mean ${closest}?`;
    printCliError(cliError('unknown-code', `there is no code '${code}'`, help), console.err);
    return 3;
  }
  console.out.write(readFileSync(join(folder, wanted), 'utf8'));
  return 0;
}
