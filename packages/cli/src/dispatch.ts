// SPDX-License-Identifier: MIT
/** From the words of the command line to the command. */

import { parseArguments } from './arguments.ts';
import { check } from './commands/check.ts';
import { compare } from './commands/compare.ts';
import { diff } from './commands/diff.ts';
import { explain } from './commands/explain.ts';
import { fmt } from './commands/fmt.ts';
import { help } from './commands/help.ts';
import { init } from './commands/init.ts';
import { mutate } from './commands/mutate.ts';
import { ops } from './commands/ops.ts';
import { replay } from './commands/replay.ts';
import { run } from './commands/run.ts';
import { show } from './commands/show.ts';
import { printVersion } from './commands/version.ts';
import { whyBig } from './commands/why-big.ts';
import type { Console } from './console.ts';
import type { ExitCode } from './exit-code.ts';
import { internalError } from './internal-error.ts';
import { printCliError } from './print-diagnostics.ts';

/** Runs the command; never throws. */
export async function dispatch(words: readonly string[], console: Console): Promise<ExitCode> {
  const parsed = parseArguments(words);
  if (parsed.kind === 'error') {
    printCliError(parsed.error, console.err);
    return 3;
  }
  try {
    return await runCommand(parsed.invocation, console);
  } catch (thrown) {
    printCliError(internalError(thrown), console.err);
    return 4;
  }
}

type Parsed = Extract<ReturnType<typeof parseArguments>, { readonly kind: 'invocation' }>;

async function runCommand(invocation: Parsed['invocation'], console: Console): Promise<ExitCode> {
  switch (invocation.kind) {
    case 'check':
      return check(invocation.files, console);
    case 'run':
      return run(invocation, console);
    case 'replay':
      return replay(invocation, console);
    case 'compare':
      return compare(invocation, console);
    case 'init':
      return init(invocation.folder, console);
    case 'mutate':
      return mutate(invocation, console);
    case 'ops':
      return ops(invocation.file, invocation.scenario, console);
    case 'why-big':
      return whyBig(invocation, console);
    case 'explain':
      return explain(invocation.code, console);
    case 'fmt':
      return fmt(invocation.paths, invocation.check, console);
    case 'show':
      return show(invocation, console);
    case 'diff':
      return diff(invocation, console);
    case 'help':
      return help(invocation.command, console);
    case 'version':
      return printVersion(console);
  }
}
