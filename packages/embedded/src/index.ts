// SPDX-License-Identifier: MIT
/**
 * The embedded form: .hmm text in a tagged template, compiled and run from TypeScript.
 *
 *     const abba = hmm`scenario "ABBA" { mutex a, b ... expect deadlock }`;
 *     const { outcome } = await abba.run();
 */

export { hmm } from './hmm.ts';
export type { HmmTemplate, HmmValue } from './template.ts';
export { HmmError } from './hmm-error.ts';
export type { InstanceResult, RunOptions, RunResult } from './run-template.ts';
export { renderResult } from './render-result.ts';
