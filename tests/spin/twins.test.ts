// SPDX-License-Identifier: MIT
/** The benchmark's Promela texts by hand are the same models as its .hmm texts. */

import { createSearch } from '@hmmlab/runtime';
import { expect, test } from 'vitest';
import { programOf, rows, textOf } from '../../bench/models.ts';
import { compileVerifier, quickCompiler, whyNoSpin } from '../../tools/promela/spin.ts';

const missing = whyNoSpin();
const skipped = missing === null ? '' : ` (skipped: ${missing})`;

const small = ['phils(7)', 'peterson(3)', 'lastzero(6)', 'readers(8)'];

test.skipIf(missing !== null).each(small)(`%s has its twin's states${skipped}`, async (name) => {
  const row = rows.find((one) => one.name === name);
  if (row === undefined || row.twin === null) throw new Error(`no twin of ${name}`);
  const search = createSearch(programOf(row));
  while (!search.advance(100_000));
  const { states, transitions } = search.verdict().coverage;
  const { file, options } = row.twin;
  const verifier = await compileVerifier(textOf(file), quickCompiler(), options);
  try {
    const spin = await verifier.run({ maxDepth: states + 10 });
    // SPIN counts the first state as a transition.
    expect([spin.states, spin.transitions]).toEqual([states, transitions + 1]);
  } finally {
    verifier.remove();
  }
});
