// SPDX-License-Identifier: MIT
/** `hmm show --profile P [--driver D] [FILE]`: profiles with all they take over, as formatted .hmm text. */

import type { FlattenedProfile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import * as plugin from '@hmmlab/dsl/prettier';
import { visible } from '@hmmlab/reporter';
import { format } from 'prettier';
import { cliError } from '../codes.ts';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadProfile } from '../load-profile.ts';
import { printCliError } from '../print-diagnostics.ts';

/** What is shown; with neither name all built-in ones are listed. */
export interface Shown {
  readonly file: string | null;
  readonly profile: string | null;
  readonly driver: string | null;
}

/** Prints a text that can be compiled itself, with the origin of each definition in a comment above it. */
export async function show({ file, profile, driver }: Shown, console: Console): Promise<ExitCode> {
  const wanted = [
    ...(profile === null ? [] : [profile]),
    ...(driver === null ? [] : [`drivers/${driver.replace(/^drivers\//, '')}`]),
  ];
  if (wanted.length === 0) return list(console);
  const found = wanted.map((name) => loadProfile(name, file, console));
  const profiles = found.filter((each) => each !== null);
  if (profiles.length < found.length || !fit(profiles, console)) return 3;
  const texts = await Promise.all(
    profiles.map((each) => format(profileText(each), { parser: 'hmm', plugins: [plugin] })),
  );
  console.out.write(texts.join('\n').split('\n').map(visible).join('\n'));
  return 0;
}

function list(console: Console): ExitCode {
  for (const name of createNodeHost({ root: console.folder }).profileNames())
    console.out.write(`${name}\n`);
  return 0;
}

function fit(profiles: readonly FlattenedProfile[], console: Console): boolean {
  const core = profiles.find(({ sort }) => sort === 'profile');
  const misfit = profiles.find(
    ({ sort, fits }) => sort === 'driver' && core !== undefined && !fits.includes(core.name),
  );
  if (core === undefined || misfit === undefined) return true;
  const message = `driver ${misfit.name} does not fit ${core.name}`;
  const help = `it is written for ${misfit.fits.join(', ')}`;
  printCliError(cliError('no-such-profile', message, help), console.err);
  return false;
}

function profileText({ sort, name, fits, rules, definitions }: FlattenedProfile): string {
  const cores = sort === 'driver' ? ` for ${fits.join(', ')}` : '';
  const items = [
    ...rules.map((rule) => `rule ${rule.name} ${rule.on ? 'on' : 'off'}`),
    ...definitions.map(({ text, file, line }) => `// ${file}:${line}\n${text}`),
  ];
  return `${sort} ${name}${cores} {\n${items.join('\n\n')}\n}\n`;
}
