// SPDX-License-Identifier: MIT
/** What `check` and `check no` make of the checks that may be switched. */

import { checkRows } from '@hmmlab/runtime/program';
import type { CheckName } from '@hmmlab/runtime/program';
import { didYouMean } from '../check/nearest.ts';
import type { Problems } from '../check/problems.ts';
import type { Source } from '../load/source.ts';
import type { Scenario } from '../syntax/ast.ts';

/** The checks to do, in the order of the table; reports unknown words and those said twice. */
export function chosenChecks(
  { items }: Scenario,
  source: Source,
  problems: Problems,
): readonly CheckName[] {
  const said = new Map<string, boolean>();
  const known = checkRows.map(({ name }) => name);
  for (const item of items) {
    if (item.kind !== 'check') continue;
    for (const node of item.names) {
      const { name } = node;
      const at = { source, node };
      if (!known.some((check) => check === name)) {
        const help = didYouMean(name, known) ?? `what can be is ${known.join(', ')}`;
        problems.error('HMM2009', at, `\`${name}\` is no check that can be switched`, help);
      } else if (said.has(name))
        problems.error('HMM2002', at, `the check \`${name}\` is switched twice`);
      said.set(name, !item.negated);
    }
  }
  return checkRows.flatMap(({ name, usual }) => ((said.get(name) ?? usual) ? [name] : []));
}
