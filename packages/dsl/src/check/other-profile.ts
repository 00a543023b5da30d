// SPDX-License-Identifier: MIT
/** What to say of a word that other profiles have than those in use. */

export interface OtherProfile {
  readonly message: string;
  readonly help: string;
}

/**
 * @param having names of the profiles with that word, sorted; not empty
 * @param used names of the profiles in use, the core first
 */
export function otherProfile(
  word: string,
  having: readonly string[],
  used: readonly string[],
): OtherProfile {
  const rival = used.find((name) => having.some((other) => family(other) === family(name)));
  const cores = having.filter((name) => !name.startsWith('drivers/'));
  const related =
    rival === undefined
      ? cores.length > 0
        ? cores
        : having
      : having.filter((name) => family(name) === family(rival));
  const sorted = related.toSorted(compareRevisions);
  const dated = sorted.filter(isDated);
  const [first = sorted[0] ?? '', last = sorted.at(-1) ?? ''] = [dated[0], dated.at(-1)];
  if (rival === undefined)
    return {
      message: `\`${word}\` is a word of ${listed(sorted)}, which ${sorted.length === 1 ? 'is' : 'are'} not used here`,
      help: `add \`use ${last}\``,
    };
  const help = (name: string): string => `use ${name}, or a word that ${rival} has`;
  // What has no number, such as a series of patches, has no place in the order of the releases.
  const inOrder = isDated(rival) && dated.length > 0;
  if (inOrder && compareRevisions(rival, first) < 0)
    return { message: `\`${word}\` exists since ${first}, you use ${rival}`, help: help(first) };
  if (inOrder && compareRevisions(rival, last) > 0)
    return { message: `\`${word}\` exists up to ${last}, you use ${rival}`, help: help(last) };
  return { message: `\`${word}\` exists in ${listed(sorted)}, you use ${rival}`, help: help(last) };
}

/** `linux` of `linux/5.3`; a name without revision is alone. */
function family(name: string): string {
  return name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : name;
}

function listed(names: readonly string[]): string {
  const [last = '', ...before] = names.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}

/** Whether a name ends in a revision of the kernel. */
function isDated(name: string): boolean {
  return /(?:^|\/)\d+(\.\d+)*(-rc\d+)?$/.test(name);
}

/** Negative if `a` is the older revision: 5.2, 5.3-rc1, 5.3, 5.10; names without a number come last. */
function compareRevisions(a: string, b: string): number {
  const [left, right] = [revision(a), revision(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : Number(a > b);
}

/** `5.3-rc1` is 5, 3, -1 and then 1; `5.3` is 5, 3. */
function revision(name: string): readonly number[] {
  if (!isDated(name)) return [Number.MAX_SAFE_INTEGER];
  const last = name.slice(name.lastIndexOf('/') + 1);
  const [numbers = '', candidate] = last.split('-rc');
  const parts = numbers.split('.').map(Number);
  return candidate === undefined ? parts : [...parts, -1, Number(candidate)];
}
