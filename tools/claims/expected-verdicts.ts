// SPDX-License-Identifier: MIT
/**
 * What a scenario expects of its instances, in the words of its `expect` lines: one verdict for all
 * instances that share it. That they are met is what running the scenario shows.
 */

import type { CompiledScenario, Instance } from '@hmmlab/dsl';
import type { Bound, Expectation } from '@hmmlab/runtime/program';

/** One verdict, and the instances that have it. */
export interface ExpectedVerdict {
  /** `holds`, `unlock_not_held on M.mmap_sem`, `sometimes R.outcome == CANCELLED`, `not run`. */
  readonly words: readonly string[];
  /** Worlds and parameters, as the instance's name says them; empty for a scenario of one instance. */
  readonly instances: readonly string[];
}

/** In the order in which the instances meet them. */
export function expectedVerdicts(scenario: CompiledScenario): readonly ExpectedVerdict[] {
  if (scenario.mode === 'todo' || scenario.mode === 'skip')
    return [{ words: [`not run (${scenario.mode})`], instances: [] }];
  const found = new Map<string, { readonly words: readonly string[]; readonly names: string[] }>();
  for (const instance of scenario.instances) {
    const words = expectedWords(instance);
    const key = words.join('\n');
    const same = found.get(key);
    if (same === undefined) found.set(key, { words, names: [nameOf(instance)] });
    else same.names.push(nameOf(instance));
  }
  return [...found.values()].map(({ words, names }) => ({
    words,
    instances: names.filter((name) => name !== ''),
  }));
}

/** The world without the word `drivers/`, which every driver has; then the parameters. */
function nameOf({ program: { profile, params } }: Instance): string {
  const world = profile === null ? [] : [profile.replaceAll('drivers/', '')];
  return [...world, ...params.map(({ name, value }) => `${name}=${value}`)].join(', ');
}

/** An instance without an expected finding expects to hold, whether it says so or not. */
function expectedWords({ program }: Instance): readonly string[] {
  const { expectations, invariants } = program;
  const findings = expectations.some(({ kind }) => kind === 'finding');
  const own = expectations.filter(({ kind }) => kind !== 'holds').map(wordsOf);
  const bounded = expectations.flatMap(({ kind, within }) =>
    kind === 'holds' ? boundText(within) : [],
  );
  const holds = findings ? [] : [`holds${bounded.join('')}`];
  return [...new Set([...holds, ...own, ...invariants.map(({ text }) => `invariant ${text}`)])];
}

function wordsOf(expectation: Expectation): string {
  const bounds = boundText(expectation.within).join('');
  switch (expectation.kind) {
    case 'holds':
      return `holds${bounds}`;
    case 'finding':
      return `${findingText(expectation)}${bounds}`;
    case 'no-finding':
      return `no ${findingText(expectation)}${bounds}`;
    case 'sometimes':
    case 'always':
    case 'never':
      return `${expectation.kind} ${oneLine(expectation.text)}${bounds}`;
    case 'eventually': {
      const { trigger, text } = expectation;
      const when = trigger === null ? 'eventually' : `${oneLine(trigger.text)} leads to`;
      return `${when} ${oneLine(text)}${bounds}`;
    }
  }
}

type Finding = Extract<Expectation, { readonly kind: 'finding' | 'no-finding' }>;

/** The finding on its object, or in its thread where the expectation names no object. */
function findingText({ finding, on, in: thread }: Finding): string {
  if (on !== null) return `${finding} on ${on}`;
  return thread === null ? finding : `${finding} in ${thread}`;
}

function boundText(within: readonly Bound[] | undefined): readonly string[] {
  if (within === undefined || within.length === 0) return [];
  const texts = within.map((bound) =>
    bound.kind === 'schedule' ? 'schedule' : `${bound.kind} ${bound.most}`,
  );
  return [` within ${texts.join(', ')}`];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
