// SPDX-License-Identifier: MIT
/** `hmm --help`, `hmm COMMAND --help`. */

import { type CommandSpec, commandSpecs, optionText, usageLine } from '../command-line.ts';
import type { Console } from '../console.ts';
import type { ExitCode } from '../exit-code.ts';

const EXIT_CODES = `Exit codes, the worst of all scenarios (4, 3, 1, 2, 0):
  0  all expectations are met
  1  some are not
  2  inconclusive: a limit was hit or Ctrl-C pressed before it was certain
  3  invalid input: options, files, scenarios
  4  a mistake of hmmlab itself
`;

/** What a command says with its exit code where no scenario runs. */
function exitCodes({ name }: CommandSpec): string {
  if (name === 'run') return EXIT_CODES;
  return `Exit codes:
  0  ${GOOD[name] ?? 'done'}
${MORE_CODES[name] ?? ''}  3  invalid input: options, files, scenarios
  4  a mistake of hmmlab itself
`;
}

const GOOD: Partial<Record<CommandSpec['name'], string>> = {
  mutate: 'every change is noticed',
  compare: 'no finding is added',
};

const MORE_CODES: Partial<Record<CommandSpec['name'], string>> = {
  fmt: '  1  with --check: some files are not formatted\n',
  compare: '  1  one is\n  2  a search was cut off\n',
  mutate: '  1  some changes survive\n  2  inconclusive: a limit was hit or Ctrl-C pressed\n',
};

const COLUMNS = 80;

/** Words on lines of this width. */
function folded(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && longer.length > width) lines.push(word);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}

/** Prints the help of one command, or of all. */
export function help(command: CommandSpec | null, console: Console): ExitCode {
  console.out.write(command === null ? overview() : commandHelp(command));
  return 0;
}

function overview(): string {
  const commands = commandSpecs.map((spec) => `  ${spec.name.padEnd(9)}${spec.summary}`);
  return `hmm explores every thread schedule of the scenarios in .hmm files.

${commands.join('\n')}

hmm COMMAND --help shows the options of a command, hmm --version the version.

${EXIT_CODES}`;
}

function commandHelp(spec: CommandSpec): string {
  const width = Math.max(0, ...spec.options.map((option) => optionText(option).length)) + 2;
  const next = `\n${' '.repeat(width + 2)}`;
  const options = spec.options.map(
    (option) =>
      `  ${optionText(option).padEnd(width)}${folded(option.help, COLUMNS - width - 2).join(next)}\n`,
  );
  const listed = options.length === 0 ? '' : `\n${options.join('')}`;
  const summary = `${spec.summary.charAt(0).toUpperCase()}${spec.summary.slice(1)}.`;
  return `${usageLine(spec)}\n\n${summary}\n${listed}\n${exitCodes(spec)}`;
}
