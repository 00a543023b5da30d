// SPDX-License-Identifier: MIT
/** Steps through a replayed schedule: a place in it, and commands that move there or show something. */

import { type Named, type Snapshot, type Trace, type TraceStep, snapshot } from '@hmmlab/runtime';
import { codeFrame, renderCodeFrame, visible } from '@hmmlab/reporter';
import type { Program, Span } from '@hmmlab/runtime/program';
import { paint } from './paint.ts';

/** What is stepped through. */
export interface Stepped {
  readonly program: Program;
  readonly schedule: string;
  readonly trace: Trace;
  /** Texts of the files that spans point into. */
  readonly sources: ReadonlyMap<string, string>;
  /** How the schedule ends, in words. */
  readonly ending: readonly string[];
  /** Number of the step that decides, from 1; null if no search knows one. Asked for once, when needed. */
  readonly deciding: () => number | null;
  readonly width: number;
  readonly color: boolean;
}

/** What a command says; the last one ends it. */
export interface Reply {
  readonly lines: readonly string[];
  readonly quit: boolean;
}

const HELP = [
  'n [N], or nothing  N steps on        b [N]  N steps back       g N  to after step N',
  'd  to the step that decides          e  to the end              0  to the beginning',
  'l [FILE:]LINE  on to the next step of that line, from the beginning if there is none behind',
  's [NAME]  the state, or what of it has that in its name         c  what the last step changed',
  'w  the schedule, with where we are   h  this                    q  ends',
];

/** `vfio.hmm:14`. */
function place({ sources }: Program, { file, line }: Span): string {
  return visible(`${sources[file] ?? '?'}:${line}`);
}

export class Stepper {
  readonly #of: Stepped;
  /** Steps taken. */
  #at = 0;

  constructor(stepped: Stepped) {
    this.#of = stepped;
  }

  /** What is shown before the first command. */
  begin(): readonly string[] {
    return [...this.#view(), 'h lists the commands'];
  }

  /** `17/61 > `. */
  get prompt(): string {
    return `${this.#at}/${this.#of.trace.steps.length} > `;
  }

  execute(line: string): Reply {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    const argument = rest.join(' ');
    if (word === 'q' || word === 'quit') return { lines: [], quit: true };
    return { lines: this.#run(word, argument), quit: false };
  }

  #run(word: string, argument: string): readonly string[] {
    const count = argument === '' ? 1 : Number(argument);
    const { length } = this.#of.trace.steps;
    switch (word) {
      case '':
      case 'n':
        return this.#at === length ? this.#of.ending : this.#go(this.#at + count);
      case 'b':
        return this.#go(this.#at - count);
      case 'g':
        return this.#go(argument === '' ? Number.NaN : count);
      case 'e':
        return this.#go(length);
      case '0':
        return this.#go(0);
      case 'd':
        return this.#decide();
      case 'l':
        return this.#toLine(argument);
      case 's':
        return this.#state(argument);
      case 'c':
        return this.#changes();
      case 'w':
        return this.#whole();
      case 'h':
      case '?':
        return HELP;
      default:
        return [`no command '${visible(word)}'`, ...HELP];
    }
  }

  #go(to: number): readonly string[] {
    const { length } = this.#of.trace.steps;
    if (!Number.isInteger(to)) return [`a number of steps, 0 to ${length}`];
    this.#at = Math.max(0, Math.min(length, to));
    return this.#view();
  }

  #decide(): readonly string[] {
    const number = this.#of.deciding();
    if (number === null)
      return ['no step is known to decide: no search has this schedule as a counterexample'];
    return [...this.#go(number - 1), 'the next step decides'];
  }

  #toLine(argument: string): readonly string[] {
    const [, file = '', line = ''] = /^(?:(.+):)?(\d+)$/.exec(argument) ?? [];
    if (line === '') return ['a line: 14, or mm.hmm:14'];
    const { program, trace } = this.#of;
    const isThere = ({ span }: TraceStep): boolean =>
      span.line === Number(line) && (program.sources[span.file] ?? '').endsWith(file);
    const behind = trace.steps.findIndex((step, index) => index > this.#at && isThere(step));
    const found = behind < 0 ? trace.steps.findIndex((step) => isThere(step)) : behind;
    return found < 0 ? [`no step of this schedule is at ${visible(argument)}`] : this.#go(found);
  }

  #threadName(thread: number): string {
    return visible(this.#of.program.threads[thread]?.name ?? '?');
  }

  #stepText(step: TraceStep): string {
    const proc = step.within.length > 1 ? `${step.within.at(-1) ?? ''}: ` : '';
    const text = step.environment === null ? step.text : `(${step.text})`;
    return visible(`${this.#threadName(step.thread)}  ${proc}${text}`);
  }

  /** The last step with what it changed, then the next one in its source. */
  #view(): readonly string[] {
    const { trace, program, color, width } = this.#of;
    const { dim } = paint(color);
    const last = trace.steps[this.#at - 1];
    const next = trace.steps[this.#at];
    const done =
      last === undefined
        ? ['before the first step']
        : [
            `${this.#at}. ${this.#stepText(last)}  ${dim(place(program, last.span))}`,
            ...last.changes.map((each) =>
              visible(`     ${each.object}: ${each.before} -> ${each.after}`),
            ),
          ];
    if (next === undefined) return [...done, ...this.#of.ending.map((each) => visible(each))];
    const file = program.sources[next.span.file] ?? '?';
    const frame = codeFrame(this.#of.sources.get(file), next.span);
    const others = next.enabledThreads
      .filter((thread) => thread !== next.thread)
      .map((thread) => this.#threadName(thread));
    const also = others.length === 0 ? '' : `; ${others.join(', ')} could go on instead`;
    return [
      ...done,
      `next: ${this.#stepText(next)}  ${dim(place(program, next.span))}${also}`,
      ...(next.within.length > 1 ? [visible(`      in ${next.within.slice(1).join(' > ')}`)] : []),
      ...(frame === null ? [] : renderCodeFrame(frame, { width, color })),
    ];
  }

  #changes(): readonly string[] {
    const last = this.#of.trace.steps[this.#at - 1];
    if (last === undefined || last.changes.length === 0) return ['nothing changed'];
    return last.changes.map((each) => visible(`${each.object}: ${each.before} -> ${each.after}`));
  }

  #state(wanted: string): readonly string[] {
    const { program, schedule } = this.#of;
    const now = snapshot(program, schedule, this.#at);
    if (now === null) return ['behind a finding there is no state: b goes back'];
    const fits = ({ name }: Named): boolean => name.includes(wanted);
    const cells = now.cells.filter((cell) => fits(cell));
    const lines = cells.map(({ name, value }) => visible(`  ${name} = ${value}`));
    if (wanted !== '') return lines.length === 0 ? [`nothing is called ${visible(wanted)}`] : lines;
    return [...lines, ...this.#threads(now)];
  }

  #threads({ threads }: Snapshot): readonly string[] {
    const holds = this.#of.trace.steps[this.#at - 1]?.holds ?? [];
    return threads.flatMap(({ thread, frames, span, queued }, index) => {
      if (frames.length === 0) return [visible(`  ${thread} has finished`)];
      const own = holds.filter((hold) => hold.thread === index).map(({ object }) => object);
      const held = own.length === 0 ? '' : `, holds ${own.join(', ')}`;
      const within = frames.slice(1).map(({ proc }) => proc);
      const where = within.length === 0 ? '' : ` in ${within.join(' > ')}`;
      const locals = frames.flatMap((frame) =>
        frame.locals.map(({ name, value }) => visible(`    ${name} = ${value}`)),
      );
      const stands = queued ? 'waits' : 'is';
      return [
        visible(`  ${thread} ${stands} at `) +
          place(this.#of.program, span) +
          visible(where + held),
        ...locals,
      ];
    });
  }

  #whole(): readonly string[] {
    const { trace } = this.#of;
    const digits = String(trace.steps.length).length;
    return trace.steps.map((step, index) => {
      const mark = index + 1 === this.#at ? '>' : ' ';
      const indent = '  '.repeat(Math.max(0, step.within.length - 1));
      return `${mark} ${String(index + 1).padStart(digits)}  ${indent}${this.#stepText(step)}`;
    });
  }
}
