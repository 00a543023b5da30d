// SPDX-License-Identifier: MIT
/** The oldest Node that the plugin runs on. */

const NEEDED = [22, 12] as const;

/**
 * Throws one sentence, without a stack, if `version` is too old.
 *
 * @param version as `process.versions.node` has it: `20.11.1`.
 */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  const error = new Error(
    `@hmmlab/vitest needs Node ${NEEDED.join('.')} or newer, and this is ${version}.`,
  );
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}
