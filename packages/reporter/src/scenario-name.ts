// SPDX-License-Identifier: MIT
/** The name of a scenario instance, for when the caller has none. */

import type { Program } from '@hmmlab/runtime/program';

/** `title [writer=true, driver=nouveau/5.3]`. A title that ends in its own bracket stays as it is. */
export function scenarioName(program: Program): string {
  const { title, params } = program;
  if (params.length === 0 || title.endsWith(']')) return title;
  return `${title} [${params.map(({ name, value }) => `${name}=${value}`).join(', ')}]`;
}
