// SPDX-License-Identifier: MIT
/** `bound`, `schedule`, `sample` and the `within` of expectations: which schedules are searched. */

import type { Beginning, Bound, PinnedStep, Restriction } from '@hmmlab/runtime/program';
import { constantNumber } from '../check/constant.ts';
import { didYouMean } from '../check/nearest.ts';
import { threadOf } from '../check/thread-local.ts';
import type { Env } from '../check/typed.ts';
import type { BoundTerm, Expr, Pin, PinStep, Scenario, ScenarioItem } from '../syntax/ast.ts';
import type { Numbering } from './numbering.ts';

export interface RestrictionContext {
  readonly env: Env;
  readonly numbering: Numbering;
}

/** What a bound may be, and the numbers it may have. */
const RANGES = {
  preemptions: { min: 0, max: 1000 },
  steps: { min: 1, max: 1_000_000 },
  samples: { min: 1, max: 1_000_000 },
} as const;

const ENVIRONMENT = ['timeout', 'signal', 'wakeup'] as const;
const MOST_PINNED = 10_000;
const LARGEST_SEED = 2 ** 31 - 1;

type Item<K extends ScenarioItem['kind']> = Extract<ScenarioItem, { readonly kind: K }>;

function itemsOf<K extends ScenarioItem['kind']>({ items }: Scenario, kind: K): readonly Item<K>[] {
  return items.filter((item): item is Item<K> => item.kind === kind);
}

/** Null where all schedules are searched. */
export function compileRestriction(
  scenario: Scenario,
  context: RestrictionContext,
): Restriction | null {
  const terms = itemsOf(scenario, 'bound').flatMap((item) => item.terms);
  const bounds = terms.flatMap((term) => boundOf(term, ['preemptions', 'steps'], context) ?? []);
  reportTwice(
    terms,
    terms.map(({ name }) => name.name),
    context,
  );
  const pins = itemsOf(scenario, 'schedule');
  const samples = itemsOf(scenario, 'sample');
  reportTwice(
    pins,
    pins.map(() => 'schedule'),
    context,
  );
  reportTwice(
    samples,
    samples.map(() => 'sample'),
    context,
  );
  const most = (kind: string): number | null =>
    bounds.flatMap((bound) => (bound.kind === kind && 'most' in bound ? [bound.most] : []))[0] ??
    null;
  const restriction = {
    preemptions: most('preemptions'),
    steps: most('steps'),
    beginning: pins.map((pin) => beginningOf(pin, context))[0] ?? null,
    samples: samples.map((item) => samplesOf(item, context))[0] ?? null,
  };
  return Object.values(restriction).every((part) => part === null) ? null : restriction;
}

function reportTwice(
  nodes: readonly { readonly start: number; readonly end: number }[],
  names: readonly string[],
  { env }: RestrictionContext,
): void {
  for (const [index, node] of nodes.entries()) {
    const name = names[index] ?? '';
    if (names.indexOf(name) === index) continue;
    const at = { source: env.source, node };
    env.problems.error(
      'HMM2002',
      at,
      `there are two \`${name}\` in this scenario`,
      'leave one out',
    );
  }
}

/** The bound that a term names; null after an error. */
function boundOf(
  term: BoundTerm,
  known: readonly string[],
  context: RestrictionContext,
): Bound | null {
  const { env } = context;
  const { name } = term.name;
  const at = { source: env.source, node: term };
  if (!known.includes(name)) {
    const help = didYouMean(name, known) ?? `what can be bounded is ${known.join(', ')}`;
    env.problems.error('HMM2009', { ...at, node: term.name }, `\`${name}\` is no bound`, help);
    return null;
  }
  if (name !== 'preemptions' && name !== 'steps' && name !== 'samples') {
    if (term.value === null) return { kind: 'schedule' };
    const help = 'write `within schedule`';
    env.problems.error('HMM3003', { ...at, node: term.value }, `\`${name}\` has no number`, help);
    return null;
  }
  if (term.value === null) {
    env.problems.error('HMM3003', at, `how many ${name}?`, `write \`${name} 2\``);
    return null;
  }
  const most = numberIn(term.value, RANGES[name], context);
  return most === null ? null : { kind: name, most };
}

function numberIn(
  expr: Expr,
  { min, max }: { readonly min: number; readonly max: number },
  { env }: RestrictionContext,
): number | null {
  const at = { source: env.source, node: expr };
  const value = constantNumber(at, expr, env.scope, env.problems);
  if (value === null) return null;
  if (value >= min && value <= max) return value;
  env.problems.error('HMM3004', at, `${value} is out of range`, `it may be ${min} to ${max}`);
  return null;
}

function samplesOf(
  { runs, seed }: Item<'sample'>,
  context: RestrictionContext,
): Restriction['samples'] {
  const count = numberIn(runs, RANGES.samples, context);
  const start = seed === null ? 1 : numberIn(seed, { min: 0, max: LARGEST_SEED }, context);
  return { runs: count ?? 1, seed: start ?? 1 };
}

function beginningOf(pin: Pin, context: RestrictionContext): Beginning {
  const span = context.numbering.span(context.env.source, pin);
  if (pin.code !== null) return { kind: 'code', code: pin.code.value, span };
  const steps = pin.steps.flatMap((step) => pinnedStep(step, context) ?? []);
  return { kind: 'steps', steps, span };
}

function pinnedStep(step: PinStep, context: RestrictionContext): PinnedStep | null {
  const { env, numbering } = context;
  const { source, problems } = env;
  const thread = pinnedThread(step.thread, context);
  const environment = ENVIRONMENT.find((word) => word === step.environment?.name) ?? null;
  if (step.environment !== null && environment === null) {
    const at = { source, node: step.environment };
    const help =
      didYouMean(step.environment.name, ENVIRONMENT) ??
      'write `A`, `A way 1`, `A timeout`, `A signal` or `A wakeup`';
    problems.error('HMM2009', at, `\`${step.environment.name}\` is no step of a thread`, help);
    return null;
  }
  const way = step.way === null ? null : numberIn(step.way, { min: 0, max: 65_535 }, context);
  const count =
    step.count === null ? 1 : numberIn(step.count, { min: 1, max: MOST_PINNED }, context);
  if (thread === null || count === null) return null;
  const written = [thread.name];
  if (way !== null) written.push(`way ${way}`);
  if (environment !== null) written.push(environment);
  const span = numbering.span(source, step);
  return { thread: thread.number, environment, way, count, text: written.join(' '), span };
}

/** A thread of the Program, by number; null after an error. */
function pinnedThread(
  expr: Expr,
  { env }: RestrictionContext,
): { readonly number: number; readonly name: string } | null {
  const choice = threadOf(expr, env);
  if (choice === 'reported') return null;
  const name = env.source.text.slice(expr.start, expr.end);
  const at = { source: env.source, node: expr };
  if (choice === null) {
    const threads = [...env.threads.keys()];
    const help = didYouMean(name, threads) ?? `the threads are ${threads.join(', ')}`;
    env.problems.error('HMM2004', at, `there is no thread \`${name}\``, help);
    return null;
  }
  const { thread, index } = choice;
  if (thread.present) return { number: thread.first + index, name };
  const help = 'pin a thread that every instance has';
  env.problems.error('HMM2004', at, `thread \`${name}\` is not part of this instance`, help);
  return null;
}

/** The bounds that an expectation names; each must be one that the search has. */
export function withinOf(
  terms: readonly BoundTerm[],
  restriction: Restriction | null,
  context: RestrictionContext,
): readonly Bound[] {
  const { source, problems } = context.env;
  const known = ['preemptions', 'steps', 'samples', 'schedule'];
  return terms.flatMap((term) => {
    const bound = boundOf(term, known, context);
    if (bound === null) return [];
    const own = ownBound(bound, restriction);
    if (own === null || ('most' in bound && own !== bound.most)) {
      const written = bound.kind === 'samples' ? 'sample' : `bound ${bound.kind}`;
      const help =
        bound.kind === 'schedule'
          ? 'write `schedule A*3, B`'
          : `write \`${written} ${bound.most}\``;
      const message =
        own === null
          ? `nothing bounds the search by ${bound.kind}`
          : `the search is bounded by ${own} ${bound.kind}`;
      problems.error('HMM2026', { source, node: term }, message, help);
    }
    return [bound];
  });
}

/** The number that the search has for a bound, 0 for a beginning; null if it is not bounded so. */
function ownBound(bound: Bound, restriction: Restriction | null): number | null {
  if (restriction === null) return null;
  switch (bound.kind) {
    case 'preemptions':
      return restriction.preemptions;
    case 'steps':
      return restriction.steps;
    case 'samples':
      return restriction.samples?.runs ?? null;
    case 'schedule':
      return restriction.beginning === null ? null : 0;
  }
}
