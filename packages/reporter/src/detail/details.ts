// SPDX-License-Identifier: MIT
/** What a reader of one kind of finding wants to know beyond the schedule. */

import type { Trace } from '@hmmlab/runtime';
import type { Finding, Program } from '@hmmlab/runtime/program';
import type { Choice, FindingReport, Wait } from '../report.ts';
import { dataRacePair } from './data-race.ts';
import { historyOf } from './history.ts';
import { lockPicture } from './lock-picture.ts';
import { mirrorWindow } from './mirror-window.ts';
import { choiceOf, racingPair } from './racing-pair.ts';

/** The parts of a report that explain its table. */
export type Details = Pick<FindingReport, 'race' | 'choice' | 'history' | 'window' | 'picture'>;

/** For a report that only lists its schedule. */
export const noDetails: Details = {
  race: null,
  choice: null,
  history: null,
  window: null,
  picture: null,
};

/** What the details are made from. */
export interface DetailInput {
  readonly program: Program;
  readonly finding: Finding;
  readonly failing: Trace;
  readonly passing: Trace | null;
  /** Steps that both schedules begin with. */
  readonly common: number;
  readonly waits: readonly Wait[];
}

/** Whether the schedules part inside of the failing one. */
function parts({ failing, common }: DetailInput): boolean {
  return common < failing.steps.length;
}

function raceAndChoice(input: DetailInput): Pick<Details, 'race' | 'choice'> {
  const { program, finding, passing } = input;
  if (finding.name === 'data_race') return { race: dataRacePair(program, finding), choice: null };
  if (passing === null || !parts(input)) return { race: null, choice: null };
  const compared = { ...input, passing };
  const choice: Choice | null = choiceOf(compared);
  return { choice, race: choice === null ? racingPair(compared) : null };
}

/** All details of one finding. */
export function detailsOf(input: DetailInput): Details {
  const { program, finding, failing, waits } = input;
  return {
    ...raceAndChoice(input),
    history: historyOf(program, finding, failing),
    window: finding.name === 'stale_mapping' ? mirrorWindow(program, finding, failing) : null,
    picture: lockPicture(program, failing, waits),
  };
}
