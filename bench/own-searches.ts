// SPDX-License-Identifier: MIT
/** Our searches of the models, each in a process of its own. Counts must be SPIN's, or nothing is reported. */

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { median, timed } from './measure.ts';
import type { Measured } from './measured.ts';
import type { Row } from './models.ts';
import type { Found } from './search-process.ts';
import type { Strategy } from './strategies.ts';

const execute = promisify(execFile);
const script = resolve(import.meta.dirname, 'search-process.ts');

/** Every run is one process; one more searches again and again, to be warm. */
export async function measureOurs(
  row: Row,
  strategy: Strategy,
  spin: Measured,
  runs: number,
): Promise<Measured | null> {
  if (spin.states > strategy.mostStates) return null;
  const cold: { readonly found: Found; readonly ms: number }[] = [];
  while (cold.length < runs) {
    const { result, ms } = await timed(() => searchIn(row, strategy, 1));
    cold.push({ found: only(result), ms });
  }
  const found = only(cold.map((one) => one.found));
  requireEqual(row, strategy, found, spin);
  const warm = (await searchIn(row, strategy, runs === 1 ? 2 : 3)).slice(1);
  return {
    model: row.name,
    by: strategy.name,
    states: found.states,
    transitions: found.transitions,
    searchMs: median(cold.map((one) => one.found.searchMs)),
    warmMs: median(warm.map(({ searchMs }) => searchMs)),
    restMs: median(cold.map((one) => one.found.restMs)),
    endToEndMs: median(cold.map(({ ms }) => ms)),
    bytesPerState: found.bytes / found.states,
    megabytes: found.megabytes,
  };
}

/** A child's searches, one after the other. */
async function searchIn(row: Row, strategy: Strategy, times: number): Promise<readonly Found[]> {
  const { stdout } = await execute(process.execPath, [
    script,
    row.name,
    strategy.name,
    String(times),
  ]);
  // What that script prints is known here and nowhere else.
  return JSON.parse(stdout) as readonly Found[];
}

function only(found: readonly Found[]): Found {
  const [first] = found;
  if (first === undefined) throw new Error('a search process without a search');
  return first;
}

function requireEqual(row: Row, { name }: Strategy, ours: Found, spin: Measured): void {
  if (ours.states === spin.states && ours.transitions === spin.transitions) return;
  throw new Error(
    `${row.name}: ${name} has ${ours.states} states and ${ours.transitions} transitions, SPIN ${spin.states} and ${spin.transitions}`,
  );
}
