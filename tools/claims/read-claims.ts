// SPDX-License-Identifier: MIT
/** All claims of the scenarios below a folder, in the order of the files and their lines. */

import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { readHeader } from './claim-header.ts';
import type { SettledClaim } from './claims-page.ts';
import { expectedVerdicts } from './expected-verdicts.ts';

const MENTIONS = /^\/\/\/ *(?:Claim|Bug|Who):/m;

/**
 * Reads scenarios/ of a project.
 *
 * @throws Error that names file and line, for a header that is not whole or a file that does not compile.
 */
export function readClaims(root: string): readonly SettledClaim[] {
  const host = createNodeHost({ root });
  const files = globSync('scenarios/**/*.hmm', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();
  return files.flatMap((file) => {
    const text = readFileSync(join(resolve(root), file), 'utf8');
    if (!MENTIONS.test(text)) return [];
    const { scenarios, diagnostics } = compile(text, file, host);
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (error !== undefined) throw new Error(`${file} does not compile: ${error.message}`);
    return scenarios.flatMap((scenario): readonly SettledClaim[] => {
      const header = readHeader(scenario.doc ?? '');
      if (header.kind === 'wrong')
        throw new Error(`${file}:${scenario.line}: above "${scenario.title}": ${header.message}`);
      const { title } = scenario;
      const verdicts = expectedVerdicts(scenario);
      return header.claims.map((claim) => ({ claim, file, title, verdicts }));
    });
  });
}
