// SPDX-License-Identifier: MIT
/** The world a scenario runs in: one core at most, its drivers, from `use` and `under`. */

import { listed } from '../check/listed.ts';
import type { At, Problems } from '../check/problems.ts';
import type { FlatProfile, Profiles } from './profile.ts';

/** A profile name as written somewhere. */
export interface NamedProfile {
  readonly name: string;
  readonly at: At;
}

export interface World {
  readonly core: FlatProfile | null;
  readonly drivers: readonly FlatProfile[];
  /** `linux/5.3 + drivers/nouveau/5.3`, or null if nothing is used. */
  readonly label: string | null;
}

/** Names of what is in use, the core first. */
export function usedNames({ core, drivers }: World): readonly string[] {
  const names = drivers.map((driver) => `drivers/${driver.name}`);
  return core === null ? names : [core.name, ...names];
}

/** One blank around each `+`. */
export function worldText(text: string): string {
  return text
    .split('+')
    .map((name) => name.trim())
    .join(' + ');
}

/** Splits `"linux/5.3 + drivers/nouveau/5.3"`; reports an empty name. */
export function splitWorld(text: string, at: At, problems: Problems): readonly NamedProfile[] {
  const names = text.split('+').map((name) => name.trim());
  if (names.includes(''))
    problems.error(
      'HMM2011',
      at,
      `\`${text}\` names no world`,
      'write "core" or "core + drivers/name"',
    );
  return names.filter((name) => name !== '').map((name) => ({ name, at }));
}

/**
 * Puts a world together.
 *
 * @param levels names by where they stand, innermost first (`under`, the scenario's `use`, the file's);
 *               the innermost level that names a core decides it, drivers add up
 * @returns null once something is reported
 */
export function createWorld(
  levels: readonly (readonly NamedProfile[])[],
  profiles: Profiles,
  problems: Problems,
): World | null {
  const isDriver = ({ name }: NamedProfile): boolean => name.startsWith('drivers/');
  const cores =
    levels.map((level) => distinct(level.filter((n) => !isDriver(n)))).find((c) => c.length > 0) ??
    [];
  const [first, second] = cores;
  // One that another place overrides has to exist all the same.
  for (const named of levels.flat())
    if (!isDriver(named) && !cores.includes(named)) profiles.use(named.name, named.at);
  if (second !== undefined && profiles.use(second.name, second.at) !== null)
    problems.error(
      'HMM2012',
      second.at,
      `a scenario has one core, and \`${first?.name ?? ''}\` is already one`,
    );
  const core = first === undefined ? null : profiles.use(first.name, first.at);
  const wanted = distinct(levels.toReversed().flatMap((level) => level.filter(isDriver)));
  const drivers: FlatProfile[] = [];
  let fits = true;
  for (const { name, at } of wanted) {
    const driver = profiles.use(name, at);
    if (driver === null) continue;
    drivers.push(driver);
    if (core !== null || first === undefined) fits = fitsCore(driver, core, at, problems) && fits;
  }
  const complete = (first === undefined || core !== null) && drivers.length === wanted.length;
  if (!complete || !fits || second !== undefined) return null;
  const names = [...(first === undefined ? [] : [first]), ...wanted].map(({ name }) => name);
  return { core, drivers, label: names.length === 0 ? null : names.join(' + ') };
}

/** Whether a driver is written for this core; reports if not. */
function fitsCore(
  driver: FlatProfile,
  core: FlatProfile | null,
  at: At,
  problems: Problems,
): boolean {
  if (core !== null && driver.fits.includes(core.name)) return true;
  const here = core === null ? 'a scenario without a core' : `\`${core.name}\``;
  problems.error(
    'HMM3010',
    at,
    `driver \`${driver.name}\` does not fit ${here}`,
    driver.fits.length === 0
      ? 'say which cores it fits: `driver NAME for linux/...`'
      : `it is written for ${listed(driver.fits.map((name) => `\`${name}\``))}`,
    [{ message: 'the driver is declared here', at: driver.at }],
  );
  return false;
}

function distinct(names: readonly NamedProfile[]): readonly NamedProfile[] {
  const seen = new Set<string>();
  return names.filter(({ name }) => {
    const fresh = !seen.has(name);
    seen.add(name);
    return fresh;
  });
}
