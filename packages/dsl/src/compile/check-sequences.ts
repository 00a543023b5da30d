// SPDX-License-Identifier: MIT
/**
 * A sequence counter is counted up and nothing else, and exists from the start. Without that a value that is
 * long gone could come back, and states could not be renumbered.
 */

import { structCells } from './cells.ts';
import type { Pieces } from './pieces.ts';

/** Reports counters that are assigned, and counters in objects that are born and die. */
export function checkSequences({ input, numbering, pools }: Pieces): void {
  const { problems } = input;
  const { counters, copies } = numbering;
  for (const { identity, at } of copies)
    if (counters.has(identity))
      problems.error(
        'HMM3017',
        at,
        `\`${identity?.name}\` is counted, so it cannot be assigned`,
        'copy a counter into a local or field that is not counted',
      );
  for (const pool of pools.drafts)
    for (const { field, type } of structCells(pool.struct, pools.standIns, problems))
      if (field !== null && type.kind === 'seq' && counters.has(field))
        problems.error(
          'HMM3017',
          field.at,
          `\`${field.name}\` is counted, and struct ${pool.struct.name} is not there from the start`,
          'a counter is part of a world: not of a local struct, and not of one that is allocated',
        );
}
