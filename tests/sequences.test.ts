// SPDX-License-Identifier: MIT
/**
 * Sequence counters against plain ints: random programs that end are run with both, and every outcome of the
 * one must be one of the other. A renumbering that merges too much loses outcomes or makes some up.
 */

import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createInterpreter, createSearch, type Machine } from '@hmmlab/runtime';
import type { Program, Verdict } from '@hmmlab/runtime/program';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const host = createNodeHost({ root: import.meta.dirname });

function programOf(text: string): Program {
  const { scenarios, diagnostics } = compile(text, 'test.hmm', host);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const program = scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no scenario');
  return program;
}

/** The values of all conditions in each final state, and the number of states. */
function outcomes<State>(machine: Machine<State>): {
  readonly finals: ReadonlySet<string>;
  readonly states: number;
} {
  const finals = new Set<string>();
  const first = machine.initial();
  const open = first.kind === 'state' ? [first.state] : [];
  const seen = new Set(open.map((state) => machine.key(state)));
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const enabled = machine.enabled(state);
    if (enabled.length === 0) {
      const here = state;
      finals.add(
        machine.program.expectations.map((_, i) => Number(machine.condition(here, i))).join(''),
      );
    }
    for (const transition of enabled) {
      const next = machine.step(state, transition);
      if (next.kind !== 'state') throw new Error(`a step is a ${next.kind}`);
      const key = machine.key(next.state);
      if (!seen.has(key)) open.push(next.state);
      seen.add(key);
    }
  }
  return { finals, states: seen.size };
}

// c are counted, k and t are copies; t are locals.
const counter = fc.constantFrom('c0', 'c1');
const cell = fc.constantFrom('k0', 'k1');
const local = fc.constantFrom('t0', 't1');
const flag = fc.constantFrom('b0', 'b1', 'b2');
const before = counter.map((c) => `${c} - 1`);
const value = fc.oneof(counter, counter, cell, local, before);

const statement = fc.oneof(
  { weight: 4, arbitrary: counter.map((c) => `${c}++`) },
  { weight: 1, arbitrary: counter.map((c) => `${c} |= 1`) },
  { weight: 2, arbitrary: counter.map((c) => `for (int i = 0; i < 3; i++) ${c}++`) },
  { weight: 4, arbitrary: fc.tuple(fc.oneof(cell, local), value).map(([to, v]) => `${to} = ${v}`) },
  {
    weight: 4,
    arbitrary: fc.tuple(value, value, flag).map(([a, b, f]) => `if (${a} == ${b}) ${f} = true`),
  },
  { weight: 1, arbitrary: fc.tuple(value, flag).map(([a, f]) => `if ((${a}) & 1) ${f} = true`) },
);
const body = fc.array(statement, { minLength: 1, maxLength: 5 }).map((lines) => lines.join('; '));

/** A scenario that asks for everything that can be asked. */
function scenario(kind: 'seq' | 'int', bodies: readonly string[]): string {
  const world = kind === 'seq' ? 'seq' : 'int';
  const start = kind === 'seq' ? '' : ' in 0..99 = 2';
  const names = ['c0', 'c1', 'k0', 'k1', 'A.t0', 'A.t1'];
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => `${a} == ${b}`));
  const asked = [...pairs, ...names.map((name) => `(${name} & 1) == 1`), 'b0', 'b1', 'b2'];
  return `scenario "s" {
  ${['c0', 'c1', 'k0', 'k1'].map((name) => `${world} ${name}${start}`).join('\n  ')}
  bool b0, b1, b2
  ${bodies.map((text, i) => `thread ${'AB'[i]} { ${world} t0; ${world} t1; ${text}; t0 = t0; t1 = t1 }`).join('\n  ')}
  ${asked.map((condition) => `expect sometimes ${condition}`).join('\n  ')}
}`;
}

describe('the same outcomes as with plain ints', () => {
  test('random programs', { timeout: 120_000 }, () => {
    let saved = 0;
    fc.assert(
      fc.property(fc.array(body, { minLength: 2, maxLength: 2 }), (bodies) => {
        const [seq, int] = [scenario('seq', bodies), scenario('int', bodies)].map((text) =>
          outcomes(createInterpreter(programOf(text))),
        );
        expect(seq?.finals).toEqual(int?.finals);
        expect(seq?.states).toBeLessThanOrEqual(int?.states ?? 0);
        saved += (int?.states ?? 0) - (seq?.states ?? 0);
      }),
      { numRuns: 250 },
    );
    expect(saved).toBeGreaterThan(0);
  });
});

describe('both searches', () => {
  test('agree on random programs', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.array(body, { minLength: 2, maxLength: 2 }), (bodies) => {
        const program = programOf(scenario('seq', bodies));
        const [naive, exhaustive] = (['naive', 'exhaustive'] as const).map((strategy) => {
          const search = createSearch(program, { strategy });
          while (!search.advance(10_000));
          const { coverage, ...verdict } = search.verdict();
          return { ...verdict, coverage: { ...coverage, strategy: '' } };
        });
        expect(exhaustive).toEqual(naive);
      }),
      { numRuns: 60 },
    );
  });
});

describe('retry loops', () => {
  const verdictOf = (text: string): Verdict => {
    const search = createSearch(programOf(text));
    while (!search.advance(10_000));
    return search.verdict();
  };
  const seqlock = (writer: string, reader: string, expected = ''): Verdict =>
    verdictOf(`scenario "s" {
  seq count
  int a in 0..1, b in 0..1
  daemon thread writer { forever { ${writer} } }
  thread reader {
    int x
    int y
    seq start
    ${reader}
    assert(x == y)
  }
  ${expected}
}`);
  const write = 'count++; a = 1 - a; b = 1 - b; count++';
  const read = `do {
      do { start = count } while (start & 1)
      x = a
      y = b
    } while (count != start)`;

  test('a writer that never ends has finitely many states, and no reader sees half of a write', () => {
    const { kind, findings, coverage } = seqlock(write, read, 'expect livelock in reader');
    expect(kind).toBe('violated');
    expect(findings.map(({ name, thread }) => `${name} ${thread}`)).toEqual(['livelock reader']);
    expect(coverage.exhaustive).toBe(true);
  });

  test.each([
    ['a writer that counts too late', 'a = 1 - a; count++; b = 1 - b; count++', read],
    ['a writer that counts once', 'a = 1 - a; b = 1 - b; count++; count++', read],
    ['a reader that does not ask for the parity', write, read.replace('start & 1', 'false')],
    ['a reader that does not look again', write, read.replace('count != start', 'false')],
  ])('%s', (_, writer, reader) => {
    const { findings } = seqlock(writer, reader);
    expect(findings.map(({ name }) => name)).toContain('assertion');
  });

  test('a reader that looks only once, between two writes, is not fooled by a counter that came back', () => {
    const { findings } = seqlock(
      write,
      'start = count; bool tried = false; if (!(start & 1)) { tried = true; x = a; y = b; if (count != start) tried = false }; if (!tried) { x = 0; y = 0 }',
    );
    expect(findings).toEqual([]);
  });
});
