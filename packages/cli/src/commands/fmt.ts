// SPDX-License-Identifier: MIT
/** `hmm fmt [--check] [PATH...]`: files in the form that Prettier with our plugin gives them. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from '@hmmlab/dsl';
import * as plugin from '@hmmlab/dsl/prettier';
import { visible } from '@hmmlab/reporter';
import { format, resolveConfig } from 'prettier';
import { type CliError, cliError } from '../codes.ts';
import type { Console } from '../console.ts';
import { type ExitCode, worse } from '../exit-code.ts';
import { findFiles } from '../find-files.ts';
import { printCliError, printDiagnostics } from '../print-diagnostics.ts';
import { sameTree } from '../same-tree.ts';
import { slashed } from '../slashed.ts';
import { writeAtomically } from '../write-atomically.ts';

/**
 * Formats files, and the .hmm files below folders. One with a syntax error is left alone.
 *
 * @param paths nothing means the folder where the command runs
 * @param check only lists the files that would change
 * @returns 1 if `check` finds any, 3 if a file could not be read or understood
 */
export async function fmt(
  paths: readonly string[],
  check: boolean,
  console: Console,
): Promise<ExitCode> {
  const { files, errors } = findFiles(paths.length === 0 ? ['.'] : paths, console.folder);
  for (const error of errors) printCliError(error, console.err);
  let code: ExitCode = errors.length > 0 ? 3 : 0;
  for (const file of files) {
    if (console.interrupted()) return worse(code, 2);
    code = worse(code, await formatFile(file, check, console));
  }
  return code;
}

async function formatFile(file: string, check: boolean, console: Console): Promise<ExitCode> {
  const name = slashed(console.folder, file);
  const read = readText(file, name);
  if (typeof read !== 'string') return refuse(read, console);
  const { ast, diagnostics } = parse(read, name);
  if (ast === null) {
    const sources = new Map([[name, read]]);
    printDiagnostics({ diagnostics, sources }, console.err, console.width);
    return 3;
  }
  const config = await configFor(file, name);
  if ('code' in config) return refuse(config, console);
  const text = await format(read, { ...config.options, parser: 'hmm', plugins: [plugin] });
  if (text === read) return 0;
  if (!sameTree(ast, parse(text, name).ast))
    throw new Error(`formatting would change what ${name} means; the file is left as it was`);
  console.out.write(`${visible(name)}\n`);
  if (check) return 1;
  writeAtomically(file, text);
  return 0;
}

function refuse(error: CliError, console: Console): ExitCode {
  printCliError(error, console.err);
  return 3;
}

function readText(file: string, name: string): string | CliError {
  const left = 'it is left as it was';
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      readFileSync(file),
    );
    if (!/\r(?!\n)/.test(text)) return text;
    return cliError('file-not-readable', `'${name}' has a carriage return inside a line`, left);
  } catch (thrown) {
    if (thrown instanceof TypeError)
      return cliError('file-not-readable', `'${name}' is not UTF-8`, left);
    return cliError('file-not-readable', `'${name}' cannot be read: ${String(thrown)}`, null);
  }
}

type Options = NonNullable<Awaited<ReturnType<typeof resolveConfig>>>;

/** What Prettier's configuration files and .editorconfig say about a file. */
async function configFor(
  file: string,
  name: string,
): Promise<{ readonly options: Options } | CliError> {
  try {
    return { options: (await resolveConfig(resolve(file), { editorconfig: true })) ?? {} };
  } catch (thrown) {
    const message = `the configuration of Prettier for '${name}' cannot be read: ${String(thrown)}`;
    return cliError('file-not-readable', message, null);
  }
}
