// SPDX-License-Identifier: MIT
/**
 * The interpreter against a second, independent brute force over all interleavings, on random programs.
 *
 * By hand, with more programs or others: `HMM_ORACLE_RUNS=100000 HMM_ORACLE_SEED=7 vitest run oracle`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { walkAllSchedules } from '../testing/all-schedules.ts';
import { compileAbstract, observedMemory } from '../testing/oracle-compile.ts';
import type { AbstractProgram, Outcome } from '../testing/oracle-program.ts';
import { fromTape, randomProgram, topicNames } from '../testing/oracle-programs.ts';
import { simulate } from '../testing/oracle-simulator.ts';
import { countAllSchedules } from '../testing/oracle-walk.ts';
import { createInterpreter } from './interpreter.ts';

const runs = Number(process.env['HMM_ORACLE_RUNS'] ?? 200);
const seed = Number(process.env['HMM_ORACLE_SEED'] ?? 20_190_703);

/** Programs beyond are left out of a run; few are. */
const STATE_LIMIT = 3_000;

/** Up to here the interpreter's schedules are walked one by one too, without comparing states. */
const WALK_LIMIT = 300;

const tapes = fc.array(fc.noBias(fc.nat(0xffff)), { minLength: 40, maxLength: 120 });

/** The interpreter's outcome by walking every schedule, with nothing shared between them. */
function walked(program: AbstractProgram): Outcome {
  const machine = createInterpreter(compileAbstract(program));
  const { schedules, findings, finals } = walkAllSchedules(machine);
  const texts = new Set([...finals.values()].map((state) => observedMemory(machine, state)));
  return { schedules, findings, finals: [...texts].toSorted() };
}

describe('interpreter and brute force agree on random programs', () => {
  test.each(topicNames)('%s', { timeout: 0 }, (topic) => {
    const met = { compared: 0, finals: 0, findings: new Set<string>() };
    fc.assert(
      fc.property(tapes, (tape) => {
        const program = randomProgram(topic, fromTape(tape));
        const expected = simulate(program, STATE_LIMIT);
        if (expected === undefined) return;
        met.compared++;
        met.finals += expected.finals.length;
        for (const name of expected.findings) met.findings.add(name);
        const counted = countAllSchedules(createInterpreter(compileAbstract(program)));
        expect(counted, JSON.stringify(program)).toEqual(expected);
        if (expected.schedules <= WALK_LIMIT) expect(walked(program)).toEqual(expected);
      }),
      { numRuns: runs, seed, endOnFailure: false },
    );
    if (process.env['HMM_ORACLE_RUNS'] !== undefined) console.log(topic, met);
    expect(met.compared).toBeGreaterThan(runs * 0.8);
    expect(met.finals).toBeGreaterThan(runs / 10);
    expect(met.findings.size).toBeGreaterThan(1);
  });
});
