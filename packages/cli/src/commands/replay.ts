// SPDX-License-Identifier: MIT
/** `hmm replay FILE --scenario NAME SCHEDULE`: one schedule, as a list or stepped through by commands. */

import { visible } from '@hmmlab/reporter';
import { replay as replaySchedule } from '@hmmlab/runtime';
import type { Invocation } from '../arguments.ts';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';
import { decidingStep } from '../deciding-step.ts';
import { isInvalid, loadFile } from '../load-file.ts';
import { printCliError, printDiagnostics } from '../print-diagnostics.ts';
import { printTrace } from '../print-trace.ts';
import { scheduleEnd } from '../schedule-end.ts';
import { oneInstance } from '../select-scenarios.ts';
import { Stepper } from '../stepper.ts';
import { wrapped } from '../wrapped.ts';

type ReplayInvocation = Extract<Invocation, { readonly kind: 'replay' }>;

/** 0 when the schedule could be followed to its end, whatever happens there; else 3. */
export async function replay(
  { file, scenario, schedule, way, depth }: ReplayInvocation,
  console: Console,
): Promise<ExitCode> {
  const loaded = loadFile(file, console.folder);
  if (loaded.kind === 'error') {
    printCliError(loaded.error, console.err);
    return 3;
  }
  if (isInvalid(loaded.compilation)) {
    printDiagnostics(loaded.compilation, console.err, console.width);
    return 3;
  }
  const choice = oneInstance(loaded.compilation, scenario);
  if ('error' in choice) {
    printCliError(choice.error, console.err);
    return 3;
  }
  const { name, program } = choice.instance;
  const result = replaySchedule(program, schedule);
  if (result.kind === 'error') {
    printCliError({ ...result.error, help: helpFor(result.error.code, file) }, console.err);
    return 3;
  }
  const { trace } = result;
  const ending = scheduleEnd(program, trace);
  console.out.write(`${visible(name)}\n\n`);
  const isTerminal = console.out.isTerminal && console.inputIsTerminal;
  if (way === 'step' || (way === null && isTerminal)) {
    const { sources } = loaded.compilation;
    const { width, out } = console;
    const deciding = once(() => decidingStep(program, schedule));
    const stepped = {
      program,
      schedule,
      trace,
      sources,
      ending,
      deciding,
      width,
      color: out.color,
    };
    await stepThrough(new Stepper(stepped), console);
    return 0;
  }
  printTrace(program, trace, console, depth);
  for (const text of ending)
    for (const line of wrapped(text, console)) console.out.write(`${line}\n`);
  return 0;
}

/** Makes the value when it is first asked for. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Reads commands until one ends it, or the input does. Where nobody types, the commands are shown. */
async function stepThrough(stepper: Stepper, { out, openInput }: Console): Promise<void> {
  const input = openInput();
  const say = (lines: readonly string[]): void => out.write(`${lines.join('\n')}\n`);
  say(stepper.begin());
  for (;;) {
    const { prompt } = stepper;
    const line = await input.ask(prompt);
    if (line === null) break;
    if (!input.isTerminal) out.write(`${prompt}${visible(line)}\n`);
    const { lines, quit } = stepper.execute(line);
    if (quit) break;
    say(lines);
  }
  input.close();
}

/** What to try with a schedule that cannot be followed. */
function helpFor(code: string, file: string): string {
  return code === 'HMM6001' || code === 'HMM6003'
    ? `the scenario is not as it was: \`hmm run ${file}\` prints the schedule of today`
    : 'a schedule stands in the last line of a report; copy all of it';
}
