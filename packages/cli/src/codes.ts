// SPDX-License-Identifier: MIT
/** The catalogue of codes that the command owns: options and files (7xxx). Each has a page in docs/errors. */

/** One code: `HMM7002`, `unknown-option`, and what it means in one line. */
export interface CliCodeRow {
  readonly code: string;
  readonly name: CliErrorName;
  readonly title: string;
}

/** Names of what can be wrong with a command line. */
export type CliErrorName =
  | 'unknown-command'
  | 'unknown-option'
  | 'missing-argument'
  | 'unexpected-argument'
  | 'bad-value'
  | 'file-not-readable'
  | 'no-such-scenario'
  | 'unknown-code'
  | 'only-in-ci'
  | 'no-such-profile'
  | 'checkpoint-damaged'
  | 'checkpoint-version'
  | 'checkpoint-foreign'
  | 'no-checkpoint'
  | 'checkpoint-not-written'
  | 'not-passing'
  | 'nothing-to-change'
  | 'file-exists'
  | 'report-not-written';

// table
const ROWS: Readonly<Record<CliErrorName, readonly [code: string, title: string]>> = {
  'unknown-command': ['HMM7001', 'hmm has no such command'],
  'unknown-option': ['HMM7002', 'the command has no such option'],
  'missing-argument': ['HMM7003', 'an argument or the value of an option is missing'],
  'unexpected-argument': ['HMM7004', 'more arguments than the command takes'],
  'bad-value': ['HMM7005', 'an option has a value that it cannot have'],
  'file-not-readable': ['HMM7006', 'a file cannot be read'],
  'no-such-scenario': ['HMM7007', 'no scenario of that name'],
  'unknown-code': ['HMM7008', 'there is no such code'],
  'only-in-ci': ['HMM7009', '`only` leaves scenarios out where nobody sees it'],
  'no-such-profile': ['HMM7010', 'no profile or driver of that name, or one that does not fit'],
  'checkpoint-damaged': ['HMM7011', 'a file is no checkpoint, or not all of one'],
  'checkpoint-version': ['HMM7012', 'a checkpoint of another version'],
  'checkpoint-foreign': ['HMM7013', 'a checkpoint of another scenario or question'],
  'no-checkpoint': ['HMM7014', 'a search that cannot be written down'],
  'checkpoint-not-written': ['HMM7015', 'a checkpoint cannot be written'],
  'not-passing': ['HMM7016', 'a scenario that is to notice changes fails already'],
  'nothing-to-change': ['HMM7017', 'there is no code of that name to change'],
  'report-not-written': ['HMM7018', 'the file for the reports cannot be written'],
  'file-exists': ['HMM7019', 'a file is there already'],
};

/** Every code of the command, in order. */
export const cliCodes: readonly CliCodeRow[] = (Object.keys(ROWS) as CliErrorName[]).map((name) => {
  const [code, title] = ROWS[name];
  return { code, name, title };
});

/** Something the caller can mend: a sentence, and one thing to try or null. */
export interface CliError {
  readonly code: string;
  readonly message: string;
  readonly help: string | null;
  /** What it is about, if that is a place in a file. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

/** `cliError('unknown-option', 'run has no option --jsn', 'did you mean --json?')` */
export function cliError(name: CliErrorName, message: string, help: string | null): CliError {
  return { code: ROWS[name][0], message, help };
}
