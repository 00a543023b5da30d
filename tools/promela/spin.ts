// SPDX-License-Identifier: MIT
/** Runs SPIN: text to verifier to result, in a folder of its own. */

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a full search of one program came to, as SPIN counts. */
export interface SpinResult {
  readonly states: number;
  readonly transitions: number;
  /** Numbers that the model printed, sorted. */
  readonly found: readonly number[];
  /** Bytes of one state's vector. */
  readonly vectorBytes: number;
  /** Bytes that all states took as they were stored, without the hash table. */
  readonly stateBytes: number;
  /** Memory of the whole search, hash table and stack included. */
  readonly megabytes: number;
}

/** A compiled verifier. */
export interface Verifier {
  run(options: RunOptions): Promise<SpinResult>;
  /** Its path, for measurements. */
  readonly path: string;
  remove(): void;
}

const execute = promisify(execFile);
const most = { maxBuffer: 2 ** 28 };

/** Flags of a full search: no reduction, safety only. */
const FULL_SEARCH = ['-w', '-DSAFETY', '-DNOREDUCE'];
/** Bytes that a state of our models may have; SPIN wants to know before. */
const LARGEST_STATE = '-DVECTORSZ=8192';

const isInstalled = (command: string, flag: string): boolean =>
  spawnSync(command, [flag]).error === undefined;

/** Why there is no SPIN on this machine, or null if there is one and a C compiler. */
export function whyNoSpin(): string | null {
  if (!isInstalled('spin', '-V')) return 'spin is not installed';
  return isInstalled('gcc', '--version') ? null : 'gcc is not installed';
}

/** A compiler that is done sooner than the search of a small model: tcc takes a hundredth of the time of gcc -O0. */
export function quickCompiler(): readonly string[] {
  return isInstalled('tcc', '-v') ? ['tcc'] : ['gcc', '-O0'];
}

/**
 * Makes a verifier in a folder of its own.
 *
 * @param options of `spin -a`; ours keep SPIN from merging states or steps of its own accord
 * @throws Error with what SPIN or the compiler said
 */
export async function compileVerifier(
  model: string,
  compiler: readonly string[],
  options: readonly string[] = ['-o1', '-o2', '-o3'],
): Promise<Verifier> {
  const folder = mkdtempSync(join(tmpdir(), 'hmmlab-spin-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const at = { ...most, cwd: folder };
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    const { stdout } = await execute('spin', ['-a', ...options, 'model.pml'], at);
    if (/error/i.test(stdout)) throw new Error(stdout);
    const [command = 'gcc', ...flags] = compiler;
    await execute(command, [...flags, ...FULL_SEARCH, LARGEST_STATE, '-o', 'pan', 'pan.c'], at);
  } catch (error) {
    remove();
    throw error;
  }
  return { path: join(folder, 'pan'), run: (how) => runVerifier(folder, how), remove };
}

interface RunOptions {
  /** Which program of the model. */
  readonly program?: number;
  /** Transitions of the longest path that the search may go down; more is an error. */
  readonly maxDepth: number;
  /** Logarithm of the number of hash table slots. */
  readonly tableBits?: number;
}

async function runVerifier(cwd: string, options: RunOptions): Promise<SpinResult> {
  const { program = 0, maxDepth, tableBits = 14 } = options;
  // -E: stuck states are judged by the model. -c0: go on after any error.
  const { stdout } = await execute(
    './pan',
    ['-E', '-c0', '-n', `-w${tableBits}`, `-m${maxDepth}`],
    { ...most, cwd, env: { ...process.env, HMM_PROGRAM: `${program}` } },
  );
  return parse(stdout);
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
    stateBytes: count(/([\d.]+)\s+actual memory usage for states/) * 2 ** 20,
    megabytes: count(/([\d.]+)\s+total actual memory usage/),
  };
}
