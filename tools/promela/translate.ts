// SPDX-License-Identifier: MIT
/**
 * Programs as one Promela model. Which of them a verifier explores is chosen when it is run, by the
 * environment variable HMM_PROGRAM: most of what a C compiler needs for a verifier it needs only once.
 *
 * Written from docs/soundness.md and the comments of the Program, not from the interpreter: it is there
 * to disagree. One process for each thread, one option for each way on from a place, one `d_step` for each
 * transition. A state has what a state of ours has, so that counts are the same but for SPIN's own first
 * state. A finding is reported, and its transition leads back to where it came from.
 */

import type { Program } from '@hmmlab/runtime/program';
import { Labels } from './body.ts';
import { sizesOf, declarations } from './declarations.ts';
import { number } from './expressions.ts';
import { judgements } from './judge.ts';
import { Model } from './model.ts';
import { optionsAt, transitionBody } from './options.ts';
import { setUp } from './set-up.ts';

/** What the search counts of its own, before the first state of the program. */
export const EXTRA_STATES = 1;
export const EXTRA_TRANSITIONS = 2;

/** One program, ready to be put beside others. */
export interface Translation {
  readonly model: Model;
  /** By thread. */
  readonly options: readonly (readonly string[])[];
  readonly start: readonly string[];
}

/** @throws Untranslatable if the program uses something that has no translation */
export function translate(program: Program, labels: Labels = new Labels()): Translation {
  const model = new Model(program, labels);
  startOf(model);
  discover(model);
  const options = program.threads.map((_, thread) =>
    model.places.inThread(thread).flatMap((place) => optionsAt(model, place)),
  );
  return { model, options, start: startOf(model) };
}

/** Writes every option once, for the places that they lead to. */
function discover(model: Model): void {
  const next = model.program.threads.map(() => 0);
  for (let more = true; more;) {
    more = false;
    for (const thread of model.program.threads.keys()) {
      const places = model.places.inThread(thread);
      for (; (next[thread] ?? 0) < places.length; more = true) {
        const place = places[next[thread] ?? 0];
        next[thread] = (next[thread] ?? 0) + 1;
        if (place !== undefined) optionsAt(model, place);
      }
    }
  }
}

/** Memory as declared, the set-up, and every thread at its first border. */
function startOf(model: Model): readonly string[] {
  const { program, memory } = model;
  const cells = memory.cells.flatMap(({ initial }, address) =>
    address > 0 && initial !== 0 ? [`m[${address}] = ${number(initial)}`] : [],
  );
  const threads = program.threads.flatMap(({ args }, thread) => {
    const frame = model.frames.outermost(thread);
    const values = args.map((value, slot) => `l${thread}[${frame.base + slot}] = ${number(value)}`);
    return [...values, `at[${thread}] = ${model.places.of(frame, 0)}`];
  });
  const toBorders = program.threads.flatMap((_, thread) => {
    const frame = model.frames.outermost(thread);
    const first = frame.proc.code[0];
    if (first?.border === true) return [];
    // A finding before a thread's first border is that thread's own step, so it is not reported yet.
    const body = transitionBody(model, null, (steps, end) => steps.run(frame, 0, end));
    return [body.toText('true', 'UNDO')];
  });
  const first = `d_step { ${[...cells, ...threads, 'skip'].join('; ')} }`;
  return [first, ...setUp(model), ...toBorders, ...judgeFirst(model)];
}

/** Invariants of the first state. If one is broken, nothing starts. */
function judgeFirst(model: Model): readonly string[] {
  if (model.program.invariants.length === 0) return [];
  const body = transitionBody(model, null, (steps, end) => steps.body.goto(end));
  return ['failed = 0 - 1', body.toText('true', 'FAIL'), '(failed < 0)'];
}

/** The text of the model. At most 60 programs: SPIN knows 255 kinds of processes. */
export function toPromela(translations: readonly Translation[]): string {
  const processes = translations.map(({ model, options }, p) => {
    const threads = options.map((list, t) => processText(`P${p}_T${t}`, list));
    return [...threads, judgeText(`P${p}_J`, judgements(model))].join('\n');
  });
  const starts = translations.map(({ options, start }, p) => {
    const runs = [...options.map((_, t) => `run P${p}_T${t}()`), `run P${p}_J()`];
    return `  :: c_expr { PROGRAM == ${p} } ->\n    ${[...start, ...runs].join(';\n    ')}`;
  });
  return [
    declarations(sizesOf(translations.map(({ model }) => model))),
    ...processes,
    `init { atomic { if\n${starts.join('\n')}\n  fi } }`,
    '',
  ].join('\n');
}

function processText(name: string, options: readonly string[]): string {
  if (options.length === 0) return `proctype ${name}() { false }`;
  const list = options.map((option) => `  :: ${option}`).join('\n');
  return `proctype ${name}() {\n  do\n${list}\n  od\n}`;
}

function judgeText(name: string, guards: readonly string[]): string {
  const list = guards.map((guard) => `  :: (${guard}) -> skip`).join('\n');
  return `proctype ${name}() {\n  do\n${list}\n  od\n}`;
}
