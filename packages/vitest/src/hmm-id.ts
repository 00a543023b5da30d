// SPDX-License-Identifier: MIT
/** Module ids of .hmm files as Vite has them. */

/**
 * What another .hmm file imports: the definitions without the tests. Importing the file itself would
 * register its tests a second time.
 */
export const DEFINITIONS = '?hmm-def';

/** Ids that the plugin compiles; `?raw`, `?url` and the like are left to Vite. */
export const hmmId: RegExp = /\.hmm(?:\?hmm-def)?$/;

/** `/a/b.hmm?hmm-def` -> `/a/b.hmm` */
export function fileOf(id: string): string {
  return id.endsWith(DEFINITIONS) ? id.slice(0, -DEFINITIONS.length) : id;
}

/** With `/` on every system, as Vite names files. */
export function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}
