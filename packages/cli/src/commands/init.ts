// SPDX-License-Identifier: MIT
/** `hmm init [FOLDER]`: a project to begin with. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { visible } from '@hmmlab/reporter';
import { cliError } from '../codes.ts';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';
import { printCliError } from '../print-diagnostics.ts';
import { version } from './version.ts';

const TEMPLATES = new URL('../../templates/', import.meta.url);

/** Where each template goes. */
const FILES: readonly (readonly [template: string, file: string])[] = [
  ['driver.hmm', 'driver.hmm'],
  ['passes.hmm', 'scenarios/passes.hmm'],
  ['fails.hmm', 'scenarios/fails.hmm'],
  ['vitest.config.js', 'vitest.config.js'],
  ['prettierrc.json', '.prettierrc.json'],
  ['editorconfig', '.editorconfig'],
  ['vscode-settings.json', '.vscode/settings.json'],
];

const NEXT = `
npm install       what package.json names
npx hmm run scenarios/passes.hmm scenarios/fails.hmm
npx vitest        the same, again on every change
`;

/** Writes all files or, if one of them is there already, none. */
export function init(folder: string | null, console: Console): ExitCode {
  const target = resolve(console.folder, folder ?? '.');
  const files = [
    ['package.json', packageJson()] as const,
    ...FILES.map(
      ([template, file]) => [file, readFileSync(new URL(template, TEMPLATES), 'utf8')] as const,
    ),
  ];
  const taken = files.find(([file]) => existsSync(join(target, file)));
  if (taken !== undefined) {
    const message = `there is a file '${taken[0]}' already, and nothing is overwritten`;
    printCliError(
      cliError('file-exists', message, 'name a new folder: hmm init FOLDER'),
      console.err,
    );
    return 3;
  }
  for (const [file, text] of files) {
    const path = join(target, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.out.write(`${visible(folder === null ? file : join(folder, file))}\n`);
  }
  console.out.write(NEXT);
  return 0;
}

function packageJson(): string {
  const own = `^${version()}`;
  const content = {
    private: true,
    type: 'module',
    scripts: { test: 'vitest run', watch: 'vitest' },
    devDependencies: {
      '@hmmlab/cli': own,
      '@hmmlab/dsl': own,
      '@hmmlab/vitest': own,
      prettier: '^3.6.0',
      vitest: '^5.1.0',
    },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
