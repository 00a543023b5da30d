// SPDX-License-Identifier: MIT
/** Expectations and invariants of one instance; what its `if` and `under` rule out is dropped. */

import { listed } from '../check/listed.ts';
import { checkRows, findingRows } from '@hmmlab/runtime/program';
import type {
  CheckName,
  Expectation,
  ExpectationBody,
  Invariant,
  Restriction,
  StateExpr,
} from '@hmmlab/runtime/program';
import { constantOf } from '../check/constant.ts';
import { condition } from '../check/convert.ts';
import { didYouMean } from '../check/nearest.ts';
import { threadOf } from '../check/thread-local.ts';
import type { Env, Typed } from '../check/typed.ts';
import type { Expect, Expr, Ident, Scenario, StringLit } from '../syntax/ast.ts';
import type { Numbering } from './numbering.ts';
import { worldText } from '../load/world.ts';
import { objectPath } from './object-path.ts';
import { quoted } from './quoted.ts';
import { withinOf } from './restriction.ts';
import { stateOf } from './state.ts';
import { expressionParts } from './typed-parts.ts';

export interface ExpectationContext {
  readonly env: Env;
  readonly numbering: Numbering;
  /** What `under` may call the world of this instance. */
  readonly worldNames: readonly string[];
  /** The same of all instances. */
  readonly worlds: readonly string[];
  /** Workers of each workqueue, by its name: findings may be `in` them. */
  readonly workers: ReadonlyMap<string, number>;
  /** Names of local structs and pools, which findings may be `on`. */
  readonly poolNames: ReadonlySet<string>;
  readonly checks: readonly CheckName[];
  /** What `within` may name. */
  readonly restriction: Restriction | null;
}

/** Expectations that apply; without any, `holds`. */
export function compileExpectations(
  scenario: Scenario,
  context: ExpectationContext,
): readonly Expectation[] {
  const applying = scenario.items.flatMap((item) =>
    item.kind === 'expect' ? expectation(item, context) : [],
  );
  if (applying.length > 0) return applying;
  return [{ kind: 'holds', span: context.numbering.span(context.env.source, scenario.title) }];
}

export function compileInvariants(
  scenario: Scenario,
  context: ExpectationContext,
): readonly Invariant[] {
  return scenario.items.flatMap((item) => {
    if (item.kind !== 'invariant') return [];
    const state = stateCondition(item.condition, true, context);
    const span = context.numbering.span(context.env.source, item);
    return state === null
      ? []
      : [{ condition: state, text: quoted(context.env.source, item.condition), span }];
  });
}

function expectation(item: Expect, context: ExpectationContext): readonly Expectation[] {
  const bodies = expectationBody(item, context);
  if (item.within === null) return bodies;
  const within = withinOf(item.within, context.restriction, context);
  return bodies.map((body) => ({ ...body, within }));
}

function expectationBody(item: Expect, context: ExpectationContext): readonly ExpectationBody[] {
  const { env, numbering } = context;
  const applies = appliesHere(item, context);
  const span = numbering.span(env.source, item);
  const { what } = item;
  switch (what.kind) {
    case 'holds':
      return applies ? [{ kind: 'holds', span }] : [];
    case 'finding': {
      const made = finding(item, what, applies, context);
      return applies && made !== null ? [made] : [];
    }
    case 'leads-to': {
      const begins = stateCondition(what.trigger, applies, context);
      const state = stateCondition(what.condition, applies, context);
      if (!applies || begins === null || state === null) return [];
      const trigger = { condition: begins, text: quoted(env.source, what.trigger) };
      const text = quoted(env.source, what.condition);
      return [{ kind: 'eventually', trigger, condition: state, text, span }];
    }
    case 'eventually': {
      const state = stateCondition(what.condition, applies, context);
      if (!applies || state === null) return [];
      const text = quoted(env.source, what.condition);
      return [{ kind: 'eventually', trigger: null, condition: state, text, span }];
    }
    case 'sometimes':
    case 'always':
    case 'never': {
      const state = stateCondition(what.condition, applies, context);
      if (!applies || state === null) return [];
      return [
        { kind: what.kind, condition: state, text: quoted(env.source, what.condition), span },
      ];
    }
  }
}

/** `if` over parameters and `under` over worlds. */
function appliesHere(item: Expect, context: ExpectationContext): boolean {
  const { env } = context;
  const at = { source: env.source, node: item };
  const test =
    item.condition === null ? null : constantOf(at, item.condition, env.scope, env.problems);
  const chosen = item.condition === null || (test !== null && test.value !== 0);
  return (item.under === null || under(item.under, context)) && chosen;
}

function under(names: readonly StringLit[], context: ExpectationContext): boolean {
  const { env, worldNames, worlds } = context;
  const wanted = names.map((name) => {
    const text = worldText(name.value);
    if (!worlds.includes(text)) {
      const help =
        didYouMean(text, worlds) ??
        `it runs under ${listed(worlds.map((w) => `"${w}"`)) || 'nothing'}`;
      env.problems.error(
        'HMM2011',
        { source: env.source, node: name },
        `the scenario does not run under "${name.value}"`,
        help,
      );
    }
    return text;
  });
  return wanted.some((text) => worldNames.includes(text));
}

function finding(
  item: Expect,
  what: Extract<Expect['what'], { kind: 'finding' }>,
  applies: boolean,
  context: ExpectationContext,
): ExpectationBody | null {
  const { env, numbering } = context;
  const { problems, source } = env;
  const names: readonly string[] = findingRows.map((row) => row.name);
  if (!names.includes(what.name.name)) {
    const help =
      didYouMean(what.name.name, [
        ...names,
        'holds',
        'sometimes',
        'always',
        'never',
        'eventually',
      ]) ?? '`hmm explain` lists all findings';
    problems.error(
      'HMM2009',
      { source, node: what.name },
      `there is no finding \`${what.name.name}\``,
      help,
    );
    return null;
  }
  requireChecked(what.name, context);
  const on = what.on === null ? null : objectPath(what.on, env, context.poolNames);
  const thread = what.in === null ? null : threadName(what.in, applies, context);
  const at = what.at === null ? null : procName(what.at, env);
  const known =
    (what.on === null || on !== null) &&
    (what.in === null || thread !== null) &&
    (what.at === null || at !== null);
  if (!known) return null;
  const kind = what.negated ? 'no-finding' : 'finding';
  return { kind, finding: what.name.name, on, in: thread, at, span: numbering.span(source, item) };
}

/** What nobody looks for is never found, and never absent. */
function requireChecked(name: Ident, { env, checks }: ExpectationContext): void {
  const row = checkRows.find((check) => check.name === name.name);
  if (row === undefined || checks.includes(row.name)) return;
  env.problems.error(
    'HMM3018',
    { source: env.source, node: name },
    `the scenario does not check for ${row.name}`,
    row.usual ? `take \`check no ${row.name}\` out` : `say \`check ${row.name}\``,
  );
}

function threadName(expr: Expr, applies: boolean, context: ExpectationContext): string | null {
  const { env } = context;
  const at = { source: env.source, node: expr };
  const worker = workerName(expr, context);
  if (worker !== null) return worker;
  const choice = expr.kind === 'ident' ? env.threads.get(expr.name) : undefined;
  const thread = choice ?? threadOf(expr, env);
  if (thread === 'reported') return null;
  if (thread === null) {
    const name = expr.kind === 'ident' ? expr.name : env.source.text.slice(expr.start, expr.end);
    const help =
      didYouMean(name, env.threads.keys()) ?? `the threads are ${listed([...env.threads.keys()])}`;
    env.problems.error('HMM2004', at, `there is no thread \`${name}\``, help);
    return null;
  }
  const info = 'thread' in thread ? thread.thread : thread;
  if (applies && !info.present) {
    env.problems.error(
      'HMM2004',
      at,
      `thread \`${info.name}\` is not part of this instance`,
      'give the expectation the `if` of the thread',
    );
    return null;
  }
  return 'thread' in thread && info.count !== null ? `${info.name}[${thread.index}]` : info.name;
}

/** `wq`, or `wq[1]` where a workqueue has several workers. */
function workerName(expr: Expr, { workers, env }: ExpectationContext): string | null {
  const name = expr.kind === 'index' ? expr.object : expr;
  const count = name.kind === 'ident' ? workers.get(name.name) : undefined;
  if (name.kind !== 'ident' || count === undefined) return null;
  if (expr.kind !== 'index') return name.name;
  const index = env.value(expr.index);
  return index.kind === 'const' && index.value >= 0 && index.value < count && count > 1
    ? `${name.name}[${index.value}]`
    : null;
}

function procName(
  name: { readonly name: string; readonly start: number; readonly end: number },
  env: Env,
): string | null {
  const found =
    env.scope.proc(name.name) ?? env.scope.verb(name.name) ?? env.threads.get(name.name);
  if (found !== null && found !== undefined) return name.name;
  const known = env.scope
    .chain()
    .flatMap((scope) => [...scope.procs.keys(), ...scope.verbs.keys()]);
  env.problems.error(
    'HMM2005',
    { source: env.source, node: name },
    `there is no proc \`${name.name}\``,
    didYouMean(name.name, known),
  );
  return null;
}

/** The condition over states; null after an error, and for one of an instance without its threads. */
function stateCondition(
  expr: Expr,
  applies: boolean,
  context: ExpectationContext,
): StateExpr | null {
  const { env, numbering } = context;
  const typed = condition(env.value(expr), env);
  if (typed.type.kind === 'error') return null;
  if (!applies) return null;
  const absent = expressionParts(typed).find((part) => isAbsent(part));
  if (absent !== undefined) {
    const at = { source: env.source, node: absent.node };
    env.problems.error(
      'HMM2004',
      at,
      'this thread is not part of every instance',
      'give the expectation the `if` of the thread',
    );
    return null;
  }
  const state = stateOf(typed, numbering);
  if (state === null) {
    const act = expressionParts(typed).find(
      (part) =>
        stateOf(part, numbering) === null && part.kind !== 'binary' && part.kind !== 'unary',
    );
    const at = { source: env.source, node: act?.node ?? expr };
    env.problems.error(
      'HMM3011',
      at,
      'a condition over states cannot call this',
      'it may read worlds, fields, locks and lists',
    );
  }
  return state;
}

function isAbsent(part: Typed): boolean {
  return (part.kind === 'thread-local' || part.kind === 'finished') && !part.thread.present;
}
