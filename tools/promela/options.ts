// SPDX-License-Identifier: MIT
/** The options of a thread: for each place where it may stand, each of its ways on as one `d_step`. */

import type { Instruction, StateExpr } from '@hmmlab/runtime/program';
import type { Body } from './body.ts';
import { localName } from './body.ts';
import type { Check, Printed } from './expressions.ts';
import { printExpr } from './expressions.ts';
import type { Frame } from './frames.ts';
import { liveInCaller } from './frames.ts';
import type { Model } from './model.ts';
import type { Place } from './places.ts';
import type { AtPrimitive } from './primitives.ts';
import { callOf, checksOf, waitingOf } from './primitives.ts';
import type { Way } from './primitives/primitive.ts';
import { settle } from './settle.ts';
import type { MaybeSet } from './steps.ts';
import { Steps } from './steps.ts';
import { Untranslatable } from './untranslatable.ts';

/** More values than this and `choose` would fill the model. */
const MOST_CHOICES = 64;

type Write = (steps: Steps, end: string) => void;

/**
 * One transition: what `write` says, then what every transition ends with.
 *
 * @param before places at which threads that it moves stand; null if any of their locals may be set
 */
function transition(
  model: Model,
  guard: string,
  before: readonly Place[] | null,
  write: Write,
): string {
  return transitionBody(model, before, write).toText(guard, 'FAIL');
}

/** The statements of one transition, and what every transition ends with. */
export function transitionBody(model: Model, before: readonly Place[] | null, write: Write): Body {
  const attempt = (maybeSet: MaybeSet): Steps => {
    const steps = new Steps(model, maybeSet);
    const end = steps.body.fresh();
    write(steps, end);
    steps.body.label(end);
    settle(steps);
    return steps;
  };
  const first = attempt(null);
  if (before === null) return first.body;
  return attempt(new Set([...before.flatMap(liveAt), ...first.body.written])).body;
}

/** Locals that may differ from 0 while a thread stands at a place. */
function liveAt({ frame, pc }: Place): readonly string[] {
  const found = [...(frame.live[pc] ?? [])].map((slot) => `${frame.number} ${slot}`);
  for (let inner: Frame = frame; inner.caller !== null; inner = inner.caller.frame) {
    const outer = inner.caller.frame;
    found.push(...[...liveInCaller(inner)].map((slot) => `${outer.number} ${slot}`));
  }
  return found;
}

/** All options of a thread that stands at a place. */
export function optionsAt(model: Model, place: Place): readonly string[] {
  const { frame, pc, number } = place;
  const instruction = frame.proc.code[pc];
  if (instruction === undefined) throw new Error('code runs off its end');
  const here = `at[${frame.thread}] == ${number}`;
  const simple = (guard: string, write: Write): string => transition(model, guard, [place], write);
  const take = (choice: number): string =>
    simple(here, (steps, end) => {
      steps.act(frame, pc, instruction, choice);
      steps.follow(frame, pc, instruction, end);
    });
  if (!instruction.border)
    return [transition(model, here, null, (s, end) => s.run(frame, pc, end))];
  switch (instruction.op) {
    case 'choose': {
      const values = instruction.upTo - instruction.from + 1;
      if (values > MOST_CHOICES) throw new Untranslatable('a choice of so many values');
      return Array.from({ length: values }, (_, i) => take(instruction.from + i));
    }
    case 'alloc':
      return model.program.environment.allocationFailure ? [take(0), take(1)] : [take(0)];
    case 'await':
      return awaits(model, place, instruction, [
        { condition: instruction.condition, target: pc + 1 },
      ]);
    case 'await-any':
      return awaits(model, place, instruction, instruction.ways);
    case 'primitive': {
      const at = { frame, pc, instruction };
      return waitingOf(instruction.name) === null ? [take(0)] : waiting(model, place, at);
    }
    default:
      return [take(0)];
  }
}

interface AwaitedWay {
  /** Null is always true. */
  readonly condition: StateExpr | null;
  /** Where the thread goes on. */
  readonly target: number;
}

/** One option for each way; a condition that cannot be evaluated is a finding, whatever the others say. */
function awaits(
  model: Model,
  place: Place,
  instruction: Instruction,
  ways: readonly AwaitedWay[],
): readonly string[] {
  const { frame, number } = place;
  const here = `at[${frame.thread}] == ${number}`;
  const { program, memory } = model;
  const local = (slot: number): string => localName(frame, slot);
  const printed = ways.map(({ condition }): Printed => {
    if (condition === null) return { text: '1', checks: [] };
    return printExpr(condition, { program, memory, local }, true);
  });
  const checks = printed.flatMap((one) => one.checks);
  const options = ways.map(({ target }, i) =>
    transition(
      model,
      `${here} && ${good(checks)} && (${printed[i]?.text ?? ''} != 0)`,
      [place],
      (steps, end) => {
        steps.noteTest(frame.thread, instruction);
        steps.run(frame, target, end);
      },
    ),
  );
  return [...options, ...raises(model, place, checks)];
}

const anyOf = (checks: readonly Check[]): string =>
  checks.map(({ bad }) => `(${bad})`).join(' || ');

const good = (checks: readonly Check[]): string =>
  checks.length === 0 ? 'true' : `!(${anyOf(checks)})`;

/** A thread whose next step is a finding has that one way on. */
function raises(model: Model, place: Place, checks: readonly Check[]): readonly string[] {
  if (checks.length === 0) return [];
  const here = `at[${place.frame.thread}] == ${place.number}`;
  const guard = `${here} && (${anyOf(checks)})`;
  return [transition(model, guard, [place], (steps) => steps.body.failIfAny(checks))];
}

function waiting(model: Model, place: Place, at: AtPrimitive): readonly string[] {
  const { frame, number } = place;
  const checks = checksOf(model, at);
  const call = callOf(model, at);
  const primitive = waitingOf(at.instruction.name);
  if (primitive === null) throw new Error(`${at.instruction.name} never waits`);
  const here = `at[${frame.thread}] == ${number} && ${good(checks)}`;
  const ways = primitive.ways(call).map((way) => takeWay(model, place, here, way));
  const expires = primitive.expires?.(call);
  const { thread } = frame;
  const timeout =
    expires === undefined
      ? []
      : [`d_step { ${here} && ${expires} && !ex[${thread}];\n    ex[${thread}] = 1 }`];
  return [...ways, ...timeout, ...raises(model, place, checks)];
}

function takeWay(model: Model, place: Place, here: string, way: Way): string {
  const { thread } = place.frame;
  const granted = way.grants === undefined ? [] : othersAt(model, thread);
  return transition(model, `${here} && ${way.guard}`, [place, ...granted], (steps, end) => {
    const { body } = steps;
    if (way.grants !== undefined)
      body.say(...model.program.threads.map((_, other) => `gr[${other}] = 0`));
    body.say(...way.act);
    if (way.result === null) return;
    const own = steps.body.fresh();
    complete(steps, place, way.result, own);
    body.label(own);
    for (const other of granted) grant(steps, other, way.grants?.(other.frame.thread) ?? '');
    body.goto(end);
  });
}

/** Where other threads may be waiting to read an rwsem. */
function othersAt(model: Model, thread: number): readonly Place[] {
  return model.program.threads.flatMap((_, other) =>
    other === thread
      ? []
      : model.places.inThread(other).filter(({ frame, pc }) => {
          const at = frame.proc.code[pc];
          return at?.op === 'primitive' && /^down_read(_killable|_non_owner)?$/.test(at.name);
        }),
  );
}

/** The thread is past the primitive, with a result. */
function complete(steps: Steps, { frame, pc }: Place, result: string, end: string): void {
  const instruction = frame.proc.code[pc];
  const { thread } = frame;
  steps.body.say(`qd[${thread}] = 0`, `ex[${thread}] = 0`);
  if (instruction?.op === 'primitive' && instruction.to !== null)
    steps.body.setLocal(frame, instruction.to, result);
  steps.run(frame, pc + 1, end);
}

function grant(steps: Steps, place: Place, condition: string): void {
  const over = steps.body.fresh();
  const { thread } = place.frame;
  steps.body.say(
    `if :: !(${condition} && at[${thread}] == ${place.number}) -> goto ${over} :: else fi`,
    `gr[${thread}] = 0`,
  );
  complete(steps, place, '0', over);
  steps.body.label(over);
}
