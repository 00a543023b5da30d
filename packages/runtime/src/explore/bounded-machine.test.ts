// SPDX-License-Identifier: MIT
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createInterpreter } from '../interpreter/interpreter.ts';
import type { Machine } from '../interpreter/machine.ts';
import type { State } from '../interpreter/state.ts';
import { stateKey } from '../interpreter/state-key.ts';
import type { Program, Restriction } from '../program/index.ts';
import { none } from '../testing/bounded-graph.ts';
import type { CodeBuilder } from '../testing/program-builder.ts';
import { buildProgram } from '../testing/program-builder.ts';
import { BoundedMachine } from './bounded-machine.ts';
import type { Bounded } from './bounded-machine.ts';
import { createSearch } from './create-search.ts';

type Op = 'x++' | 'z++' | 'r=x' | 'r=z' | 'y=2';

/** Threads of single steps on x, y, z; what they read stays in locals to the end. */
function program(threads: readonly (readonly Op[])[]): Program {
  return buildProgram((b) => {
    const cells = { x: b.int('x'), y: b.int('y'), z: b.int('z') };
    for (const [index, ops] of threads.entries()) {
      const write = (code: CodeBuilder): void => {
        for (const op of ops) {
          const cell = op.includes('x') ? cells.x : op.includes('z') ? cells.z : cells.y;
          if (op === 'y=2') code.store(cell, 2);
          else if (op.startsWith('r')) code.load(cell);
          else code.primitive('atomic_inc', [cell]);
        }
      };
      const loads = ops.filter((op) => op.startsWith('r'));
      b.thread(`T${index}`, write, { observed: [...loads.keys()] });
    }
  });
}

/** The final states that a search with this key finds, as keys of the machine inside. */
function finals<S>(
  inner: Machine<S>,
  restriction: Restriction,
  keyOf: (machine: Machine<Bounded<S>>, place: Bounded<S>) => string = (machine, place) =>
    machine.key(place),
): ReadonlySet<string> {
  const machine = new BoundedMachine(inner, restriction);
  const first = machine.initial();
  const open = first.kind === 'state' ? [first.state] : [];
  const met = new Set(open.map((place) => keyOf(machine, place)));
  const found = new Set<string>();
  for (const place of open) {
    const enabled = machine.enabled(place);
    if (machine.ending(place, enabled).kind === 'final') found.add(inner.key(place.state));
    for (const transition of enabled) {
      const next = machine.step(place, transition);
      if (next.kind !== 'state' || met.has(keyOf(machine, next.state))) continue;
      met.add(keyOf(machine, next.state));
      open.push(next.state);
    }
  }
  return found;
}

/** The fewest preemptions, and the fewest transitions, of schedules to each final state; every schedule is walked. */
function costs<S>(inner: Machine<S>): ReadonlyMap<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  const visit = (state: S, running: number, preemptions: number, length: number): void => {
    const enabled = inner.enabled(state);
    if (inner.ending(state, enabled).kind === 'final') {
      const [fewest, shortest] = found.get(inner.key(state)) ?? [Infinity, Infinity];
      const cost = [Math.min(fewest, preemptions), Math.min(shortest, length)] as const;
      found.set(inner.key(state), cost);
    }
    const goesOn = enabled.some((one) => one.thread === running && one.environment === null);
    for (const transition of enabled) {
      const next = inner.step(state, transition);
      if (next.kind !== 'state') continue;
      const isOwn = transition.environment === null;
      const preempts = isOwn && goesOn && transition.thread !== running;
      const after = isOwn ? transition.thread : running;
      visit(next.state, after, preemptions + Number(preempts), length + 1);
    }
  };
  const first = inner.initial();
  if (first.kind === 'state') visit(first.state, -1, 0, 0);
  return found;
}

function within(inner: Machine<State>, preemptions: number): ReadonlySet<string> {
  const reachable = [...costs(inner)].filter(([, [fewest]]) => fewest <= preemptions);
  return new Set(reachable.map(([key]) => key));
}

/** The careless key: what a run has used up is left out. */
const onlyState = (_: unknown, { state }: Bounded<State>): string => stateKey(state);

describe('a bound on preemptions', () => {
  test('who runs and what is left is part of the key', () => {
    const machine = createInterpreter(
      program([
        ['x++', 'r=x'],
        ['x++', 'x++'],
      ]),
    );
    const one = { ...none, preemptions: 1 };
    expect(finals(machine, one).size).toBe(3);
    expect(finals(machine, one)).toEqual(within(machine, 1));
    // With states alone an outcome is lost: the key that a bounded search must not have.
    expect(finals(machine, one, onlyState).size).toBe(2);
  });

  test.each([
    {
      threads: [
        ['x++', 'z++'],
        ['r=z', 'r=z'],
      ],
      most: 1,
      outcomes: 3,
    },
    { threads: [['y=2', 'r=z'], ['z++']], most: 0, outcomes: 2 },
  ] as const)('$threads within $most', ({ threads, most, outcomes }) => {
    const machine = createInterpreter(program(threads));
    expect(finals(machine, { ...none, preemptions: most }).size).toBe(outcomes);
    expect(finals(machine, { ...none, preemptions: most })).toEqual(within(machine, most));
  });

  test('finds what schedules with so many preemptions do, in random programs', () => {
    const op = fc.constantFrom<Op>('x++', 'z++', 'r=x', 'r=z', 'y=2');
    const thread = fc.array(op, { minLength: 1, maxLength: 2 });
    let careless = 0;
    fc.assert(
      fc.property(
        fc.array(thread, { minLength: 2, maxLength: 3 }).filter((all) => all.flat().length <= 5),
        fc.nat({ max: 3 }),
        (threads, preemptions) => {
          const machine = createInterpreter(program(threads));
          const expected = within(machine, preemptions);
          expect(finals(machine, { ...none, preemptions })).toEqual(expected);
          if (finals(machine, { ...none, preemptions }, onlyState).size < expected.size)
            careless += 1;
        },
      ),
      { numRuns: 200 },
    );
    expect(careless).toBeGreaterThan(0);
  });
});

describe('the caller', () => {
  test('the caller may bound a search further, never less', () => {
    const base = program([['x++'], ['x++']]);
    const bounds = (scenario: number | null, given: number | null): readonly string[] => {
      const restricted =
        scenario === null ? base : { ...base, restriction: { ...none, preemptions: scenario } };
      const search = createSearch(restricted, given === null ? {} : { preemptions: given });
      while (!search.advance(100));
      return search.verdict().coverage.bounds;
    };
    expect(bounds(null, null)).toEqual([]);
    expect(bounds(null, 1)).toEqual(['preemptions 1']);
    expect(bounds(2, 1)).toEqual(['preemptions 1']);
    expect(bounds(1, 2)).toEqual(['preemptions 1']);
    expect(bounds(1, null)).toEqual(['preemptions 1']);
  });
});
