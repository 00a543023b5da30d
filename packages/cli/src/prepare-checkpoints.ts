// SPDX-License-Identifier: MIT
/** `--checkpoint` and `--resume`: whether they can be done for what is to run, and how its search begins then. */

import { resolve } from 'node:path';
import type { Instance } from '@hmmlab/dsl';
import { canCheckpoint, createSearch, resumeSearch } from '@hmmlab/runtime';
import type { Refusal, Search } from '@hmmlab/runtime';
import type { Program } from '@hmmlab/runtime/program';
import type { Checkpoints, Limits } from './arguments.ts';
import { cannotWrite, readCheckpoint } from './checkpoint-file.ts';
import { CheckpointKeeper, notWritten } from './checkpoint-keeper.ts';
import { type CliError, cliError } from './codes.ts';
import type { Console } from './console.ts';
import type { Planned } from './plan-run.ts';

/** How searches begin, and who keeps them. */
export interface Beginning {
  readonly begin: (program: Program) => Search;
  readonly keeper: CheckpointKeeper | null;
}

/** What is asked for. */
interface Request {
  readonly checkpoints: Checkpoints;
  readonly limits: Limits;
}

/** What is heard of checkpoints during the run. */
interface Told {
  readonly error: (error: CliError) => void;
  readonly kept: (file: string) => void;
}

const MOST_NAMES = 8;

/** @param plans all that is to run */
export function prepareCheckpoints(
  plans: readonly Planned[],
  { checkpoints, limits }: Request,
  console: Console,
  told: Told,
): Beginning | { readonly error: CliError } {
  const fresh = (program: Program): Search => createSearch(program, limits.search);
  const { file, resume } = checkpoints;
  if (file === null && resume === null) return { begin: fresh, keeper: null };
  const instances = plans.flatMap((plan) => (plan.kind === 'run' ? plan.selection.instances : []));
  const [instance, second] = instances;
  if (instance === undefined || second !== undefined) return { error: notOne(instances) };
  if (!canCheckpoint(instance.program, limits.search)) return { error: noCheckpoints() };
  const search = resume === null ? fresh(instance.program) : resumed(instance, resume);
  if ('error' in search) return search;
  const why = file === null ? null : cannotWrite(resolve(console.folder, file));
  if (file !== null && why !== null) return { error: notWritten(file, why) };
  return { begin: () => search, keeper: file === null ? null : keeperOf(file) };

  function keeperOf(name: string): CheckpointKeeper {
    return new CheckpointKeeper({
      file: resolve(console.folder, name),
      name,
      everyMs: checkpoints.everyMs,
      asked: console.checkpointAsked,
      onFailure: (error) => told.error(error),
      onKept: () => told.kept(name),
    });
  }

  function resumed({ program }: Instance, name: string): Search | { readonly error: CliError } {
    const read = readCheckpoint(resolve(console.folder, name), name);
    if (read.kind === 'error') return read;
    const result = resumeSearch(program, read.checkpoint, limits.search);
    return result.kind === 'search' ? result.search : { error: refused(name, result.refusal) };
  }
}

function notOne(instances: readonly Instance[]): CliError {
  const message = `a checkpoint is of one search, and ${instances.length} scenarios or instances are to run`;
  const names = instances.slice(0, MOST_NAMES).map(({ name }) => `"${name}"`);
  const more = instances.length > MOST_NAMES ? ', ...' : '';
  const help =
    instances.length === 0 ? null : `choose one with --scenario: ${names.join(', ')}${more}`;
  return cliError('no-such-scenario', message, help);
}

function noCheckpoints(): CliError {
  return cliError(
    'no-checkpoint',
    'a search that is naive or has bounds cannot be written down',
    'leave --checkpoint and --resume out, or the bounds',
  );
}

function refused(name: string, { why, message }: Refusal): CliError {
  switch (why) {
    case 'version':
      return cliError(
        'checkpoint-version',
        `'${name}' is of another version: ${message}`,
        'begin the search again',
      );
    case 'foreign':
      return cliError(
        'checkpoint-foreign',
        `'${name}' is of another search: ${message}`,
        'go on with the file, the folder and the options that it was made with',
      );
    case 'strategy':
      return noCheckpoints();
  }
}
