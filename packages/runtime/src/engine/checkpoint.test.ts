// SPDX-License-Identifier: MIT
/**
 * A search that is interrupted, written down and gone on with comes to the verdict of one that was not,
 * byte for byte, and to the same tables.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Checkpoint } from '../explore/checkpoint.ts';
import { createSearch } from '../explore/create-search.ts';
import { resumeSearch } from '../explore/resume-search.ts';
import type { Search, SearchOptions } from '../explore/search.ts';
import { needsGraph, searchBy, taskOf } from '../explore/search-machine.ts';
import type { Program, Verdict } from '../program/index.ts';
import { asked, randomQuestions } from '../testing/asked.ts';
import { compileAbstract } from '../testing/oracle-compile.ts';
import { fromTape, randomProgram, topicNames } from '../testing/oracle-programs.ts';
import { LearnedExploration } from './learned-exploration.ts';

const runs = Number(process.env['HMM_ORACLE_RUNS'] ?? 16);
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 20_261_121);

const MOST_STATES = 2_000;

const tapes = fc.array(fc.noBias(fc.nat(0xffff)), { minLength: 60, maxLength: 140 });

function programOf(topic: (typeof topicNames)[number], tape: readonly number[]): Program {
  const choose = fromTape(tape);
  const questions = randomQuestions(choose);
  return asked(compileAbstract(randomProgram(topic, choose)), questions);
}

/** A search that generates code at once, from its beginning or a checkpoint. */
function searchOf(
  program: Program,
  options: SearchOptions,
  from: Checkpoint | null = null,
): Search {
  const task = taskOf(program, options);
  const keepsGraph = from?.header.keepsGraph ?? needsGraph(program, task);
  const explore = (keeps: boolean, at: Checkpoint | null): LearnedExploration =>
    new LearnedExploration(program, task, { keepsGraph: keeps, warmUp: 1, from: at });
  return searchBy({ first: explore(keepsGraph, from), second: () => explore(true, null) }, task);
}

function ended(search: Search): Verdict {
  while (!search.advance(1000));
  return search.verdict();
}

/** As it comes out of a file. */
function copyOf(search: Search): Checkpoint | null {
  const checkpoint = search.checkpoint();
  if (checkpoint === null) return null;
  const header = JSON.parse(JSON.stringify(checkpoint.header)) as Checkpoint['header'];
  return { header, tables: structuredClone(checkpoint.tables) };
}

function resumed(program: Program, options: SearchOptions, checkpoint: Checkpoint): Search {
  const result = resumeSearch(program, checkpoint, options);
  if (result.kind === 'refused') throw new Error(result.refusal.message);
  return result.search;
}

const how = fc.record({ checks: fc.constantFrom('all' as const, 'safety' as const) });

test.each(topicNames)('%s: limits of states, one after the other', { timeout: 0 }, (topic) => {
  const met = new Set<string>();
  let goneOn = 0;
  const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(tapes, how, cuts, fc.boolean(), (tape, { checks }, steps, generates) => {
      const program = programOf(topic, tape);
      const whole = { checks, maxStates: MOST_STATES };
      met.add(ended(searchOf(program, whole)).kind);
      const begin = generates ? searchOf : createSearch;
      const goOn = generates ? searchOf : resumed;
      let maxStates = 0;
      let at: Checkpoint | null = null;
      // At last once more, when nothing is left to be explored.
      for (const step of [...steps, MOST_STATES, MOST_STATES]) {
        maxStates = Math.min(MOST_STATES, maxStates + step);
        const options = { checks, maxStates };
        const search = at === null ? begin(program, options) : goOn(program, options, at);
        const uncut = searchOf(program, options);
        expect(JSON.stringify(ended(search))).toBe(JSON.stringify(ended(uncut)));
        at = copyOf(search);
        expect(at).toEqual(copyOf(uncut));
        if (at !== null) goneOn += 1;
      }
    }),
    { numRuns: runs, seed },
  );
  expect(met).toContain('violated');
  expect(goneOn).toBeGreaterThan(runs);
});

test.each(topicNames)('%s: after every slice', { timeout: 0 }, (topic) => {
  let cuts = 0;
  fc.assert(
    fc.property(tapes, how, (tape, { checks }) => {
      const program = programOf(topic, tape);
      const options = { checks, maxStates: MOST_STATES };
      const expected = ended(createSearch(program, options));
      let search = createSearch(program, options);
      let before = -1;
      while (!search.advance(1)) {
        const at = copyOf(search);
        const { transitions } = search.progress;
        // What comes after the exploration is begun again from its end: no way to get on.
        if (at === null || transitions === before) continue;
        before = transitions;
        cuts += 1;
        expect(search.verdict('interrupted')).toEqual(
          resumed(program, options, at).verdict('interrupted'),
        );
        search = resumed(program, options, at);
      }
      expect(JSON.stringify(search.verdict())).toBe(JSON.stringify(expected));
    }),
    { numRuns: runs / 2, seed },
  );
  expect(cuts).toBeGreaterThan(0);
});
