// SPDX-License-Identifier: MIT
/**
 * `assume A.here before B.there`: a flag that A sets where it comes to `here`, and at `there` a look at it
 * that no run gets past before. The flag is set with the step that ends at `here`; the look is a step.
 */

import type { InstructionBody } from '@hmmlab/runtime/program';
import { didYouMean } from '../check/nearest.ts';
import type { Problems } from '../check/problems.ts';
import type { ThreadInfo } from '../check/symbols.ts';
import { threadOf } from '../check/thread-local.ts';
import type { Env } from '../check/typed.ts';
import type { Assume, Expr, Ident, Label, Scenario } from '../syntax/ast.ts';
import type { Numbering } from './numbering.ts';
import type { Objects } from './objects.ts';
import type { Usage } from './usage.ts';

type Assumption = Extract<InstructionBody, { readonly op: 'assume' }>['assumption'];

/** A label of one thread in one constraint. */
interface Part {
  /** Which of a replicated thread. */
  readonly index: number;
  /** The flag's static object. */
  readonly object: number;
  /** What is waited for; null where the flag is set. */
  readonly assumption: Assumption | null;
}

/** A label as a constraint names it. */
interface Named {
  readonly thread: ThreadInfo;
  readonly index: number;
  readonly label: string;
}

export interface OrdersContext {
  readonly env: Env;
  readonly usage: Usage;
  readonly objects: Objects;
  readonly numbering: Numbering;
}

export class Orders {
  /** By thread, then by label. */
  readonly #parts = new Map<object, Map<string, Part[]>>();
  readonly #flags = new Map<string, number>();

  /** Enters the constraints of a scenario; those of threads that this instance is without are none. */
  declare(scenario: Scenario, context: OrdersContext): void {
    for (const item of scenario.items) if (item.kind === 'assume') this.#add(item, context);
  }

  /** What happens at a label, in order: looks before flags. */
  at(owner: object, label: string): readonly Part[] {
    const parts = this.#parts.get(owner)?.get(label) ?? [];
    return parts.toSorted((a, b) => Number(a.assumption === null) - Number(b.assumption === null));
  }

  #add(item: Assume, context: OrdersContext): void {
    const [first, second] = [named(item.first, context), named(item.second, context)];
    if (first === null || second === null) return;
    if (!first.thread.present || !second.thread.present) return;
    const object = this.#flag(first, item, context);
    const { source } = context.env;
    const text = `${labelText(first)} before ${labelText(second)}`;
    const assumption = { text, span: context.numbering.span(source, item) };
    this.#enter(first, { index: first.index, object, assumption: null });
    this.#enter(second, { index: second.index, object, assumption });
  }

  #flag(label: Named, item: Assume, { objects, env }: OrdersContext): number {
    const name = labelText(label);
    const known = this.#flags.get(name);
    if (known !== undefined) return known;
    const at = { source: env.source, node: item.first };
    const flag = objects.add(name, { kind: 'bool' }, at, { kind: 'number', value: 0 });
    const number = flag?.first ?? 0;
    this.#flags.set(name, number);
    return number;
  }

  #enter({ thread, label }: Named, part: Part): void {
    const labels = this.#parts.get(thread) ?? new Map<string, Part[]>();
    const parts = labels.get(label) ?? [];
    const twice = parts.some(
      ({ index, object, assumption }) =>
        index === part.index &&
        object === part.object &&
        assumption?.text === part.assumption?.text,
    );
    if (!twice) parts.push(part);
    this.#parts.set(thread, labels.set(label, parts));
  }
}

/** `A.registered`, `reader[1].registered`. */
function labelText({ thread, index, label }: Named): string {
  return `${thread.name}${thread.count === null ? '' : `[${index}]`}.${label}`;
}

/** The label that an expression names; null after an error. */
function named(expr: Expr, { env, usage }: OrdersContext): Named | null {
  const { problems, source } = env;
  const at = { source, node: expr };
  if (expr.kind !== 'member' || expr.arrow) {
    const help = 'write `A.here`, for the label `here:` of thread A';
    problems.error('HMM2008', at, 'this names no label of a thread', help);
    return null;
  }
  const choice = threadOf(expr.object, env);
  if (choice === 'reported') return null;
  if (choice === null) {
    const name = source.text.slice(expr.object.start, expr.object.end);
    const threads = [...env.threads.keys()];
    const help = didYouMean(name, threads) ?? `the threads are ${threads.join(', ')}`;
    problems.error(
      'HMM2004',
      { source, node: expr.object },
      `there is no thread \`${name}\``,
      help,
    );
    return null;
  }
  const label = expr.field.name;
  const labels = [...labelsIn(choice.thread.def.body)];
  const found = labels.find(({ name }) => name === label);
  if (found !== undefined) {
    usage.use(found);
    return { ...choice, label };
  }
  const names = labels.map(({ name }) => name);
  reportLabel(expr.field, choice.thread, names, { problems, source });
  return null;
}

function reportLabel(
  node: { readonly name: string; readonly start: number; readonly end: number },
  thread: ThreadInfo,
  labels: readonly string[],
  { problems, source }: { readonly problems: Problems; readonly source: Env['source'] },
): void {
  const help =
    didYouMean(node.name, labels) ??
    `put \`${node.name}:\` between two statements of thread ${thread.name}`;
  const message = `there is no label \`${node.name}\` in ${thread.name}`;
  problems.error('HMM2008', { source, node }, message, help);
}

/** Names of all labels inside a node of the tree. */
function* labelsIn(node: unknown): Generator<Ident> {
  if (typeof node !== 'object' || node === null) return;
  if (isLabel(node)) yield node.name;
  for (const child of Object.values(node)) yield* labelsIn(child);
}

function isLabel(node: object): node is Label {
  return 'kind' in node && node.kind === 'label';
}
