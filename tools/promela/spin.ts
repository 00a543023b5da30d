// SPDX-License-Identifier: MIT
/** Runs SPIN: text to verifier to result, in a folder of its own. */

import type { ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a full search of one program came to, as SPIN counts. */
export interface SpinResult {
  readonly states: number;
  readonly transitions: number;
  /** Numbers that the model printed, sorted. */
  readonly found: readonly number[];
  /** Bytes of one state, uncompressed, with SPIN's own overhead a state. */
  readonly vectorBytes: number;
}

/** A compiled verifier. */
export interface Verifier {
  run(options: { readonly program?: number; readonly maxDepth: number }): SpinResult;
  /** Its path, for measurements. */
  readonly path: string;
  remove(): void;
}

const quiet: ExecFileSyncOptionsWithStringEncoding = {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
  maxBuffer: 2 ** 28,
};

/** Why there is no SPIN on this machine, or null if there is one and a C compiler. */
export function whyNoSpin(): string | null {
  for (const [command, flag] of [
    ['spin', '-V'],
    ['gcc', '--version'],
  ] as const) {
    try {
      execFileSync(command, [flag], quiet);
    } catch {
      return `${command} is not installed`;
    }
  }
  return null;
}

/** A full search: no reduction, safety only. `optimise` is gcc's level. */
export function compileVerifier(model: string, optimise: 0 | 1 | 2 = 0): Verifier {
  const folder = mkdtempSync(join(tmpdir(), 'hmmlab-spin-'));
  const path = join(folder, 'pan');
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    const at = { ...quiet, cwd: folder };
    // No optimisation of SPIN's own that merges states or steps.
    const said = execFileSync('spin', ['-a', '-o1', '-o2', '-o3', 'model.pml'], at);
    if (/error/i.test(said)) throw new Error(said);
    const flags = [`-O${optimise}`, '-w', '-DSAFETY', '-DNOREDUCE', '-DVECTORSZ=8192'];
    execFileSync('gcc', [...flags, '-o', 'pan', 'pan.c'], at);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    path,
    run: ({ program = 0, maxDepth }) => runVerifier(path, folder, program, maxDepth),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function runVerifier(path: string, cwd: string, program: number, maxDepth: number): SpinResult {
  // -E: stuck states are judged by the model. -c0: go on after any error.
  const said = execFileSync(path, ['-E', '-c0', '-n', '-w18', `-m${maxDepth}`], {
    ...quiet,
    cwd,
    env: { ...process.env, HMM_PROGRAM: `${program}` },
  });
  return parse(said);
}

/** @throws Error if the search was not complete, or met an error: a model of ours never does */
function parse(said: string): SpinResult {
  const count = (pattern: RegExp): number => {
    const [, digits] = pattern.exec(said) ?? [];
    if (digits === undefined) throw new Error(`SPIN did not say ${pattern.source}:\n${said}`);
    return Number(digits);
  };
  if (!/errors: 0\b/.test(said) || /error:|not completed|truncated/i.test(said))
    throw new Error(`SPIN did not finish:\n${said}`);
  const found = [...said.matchAll(/^found (\d+)$/gm)].map(([, code]) => Number(code));
  return {
    states: count(/(\d+) states, stored/),
    transitions: count(/(\d+) transitions/),
    found: found.toSorted((a, b) => a - b),
    vectorBytes: count(/State-vector (\d+) byte/),
  };
}
