// SPDX-License-Identifier: MIT
/** The benchmark's Promela texts by hand are the same models as its .hmm texts. */

import { createSearch } from '@hmmlab/runtime';
import { expect, test } from 'vitest';
import { programOf, smallTwins, textOf } from '../../bench/models.ts';
import { compileVerifier, quickCompiler, whyNoSpin } from '../../tools/promela/spin.ts';

const missing = whyNoSpin();
const skipped = missing === null ? '' : ` (skipped: ${missing})`;

test.skipIf(missing !== null).each(smallTwins)(
  `$name has its twin's states${skipped}`,
  async (row) => {
    if (row.twin === null) throw new Error(`no twin of ${row.name}`);
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
  },
);
