// SPDX-License-Identifier: MIT
/** The same Program as from a .hmm file, and every place in this file. */

import { readFileSync } from 'node:fs';
import { compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { Program } from '@hmmlab/runtime/program';
import { describe, expect, test } from 'vitest';
import { type HmmTemplate, HmmError, hmm, renderResult } from './index.ts';

const lines = readFileSync(import.meta.filename, 'utf8').split('\n');
const here = 'packages/embedded/src/hmm.test.ts';

/** The text of this file at a place. */
function written(place: {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}): string {
  const { line, column, endLine, endColumn } = place;
  const all = lines.slice(line - 1, endLine);
  const last = all.length - 1;
  all[last] = (all[last] ?? '').slice(0, endColumn - 1);
  all[0] = (all[0] ?? '').slice(column - 1);
  return all.join('\n');
}

function programOf(template: HmmTemplate): Program {
  expect(template.compilation.diagnostics).toEqual([]);
  const program = template.compilation.scenarios[0]?.instances[0]?.program;
  if (program === undefined) throw new Error('no program');
  return program;
}

/** A template with its text and the line that it begins in, from a helper around the tag. */
function both(strings: TemplateStringsArray): {
  readonly template: HmmTemplate;
  readonly text: string;
  readonly line: number;
} {
  const text = strings.raw.join('');
  const line = lines.findIndex((_, index) =>
    lines
      .slice(index + 1)
      .join('\n')
      .startsWith(text.slice(1)),
  );
  return { template: hmm(strings), text, line: line + 1 };
}

/** Everything but places and names of files. */
function meaning(value: unknown): unknown {
  const places = new Set(['span', 'sources', 'line', 'column', 'file']);
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (places.has(key) ? undefined : inner)),
  );
}

/** What an error at its only place says, and about which text. */
function complaint(template: HmmTemplate): readonly string[] {
  return template.compilation.diagnostics.map(({ code, place }) => {
    expect(place.file).toBe(here);
    return `${code} ${written(place)}`;
  });
}

describe('the Program', () => {
  test('is that of the same text in a file', () => {
    const { template, text, line } = both`
      scenario "ABBA" for swap in [false, true] {
        mutex a, b
        int seen in 0..3 = 1
        thread A: mutex_lock a; mutex_lock b; seen++; mutex_unlock b; mutex_unlock a
        thread B if swap: mutex_lock b; mutex_lock a; mutex_unlock a; mutex_unlock b
        expect deadlock if swap
      }
    `;
    const file = compile(text, 'file.hmm', createNodeHost({ root: '.' }));
    expect(file.scenarios).toHaveLength(1);
    expect(meaning(template.compilation.scenarios)).toEqual(meaning(file.scenarios));
    const moved = template.compilation.scenarios[0]?.instances[1]?.program;
    expect(moved?.sources).toEqual([here]);
    const spans = (program: Program | undefined): Program['span'][] =>
      [...(program?.procs ?? []), ...(program?.objects ?? []), ...(program?.expectations ?? [])]
        .map(({ span }) => span)
        .concat(program?.procs.flatMap(({ code }) => code.map(({ span }) => span)) ?? []);
    const original = file.scenarios[0]?.instances[1]?.program;
    expect(spans(original).length).toBeGreaterThan(15);
    expect(spans(moved)).toEqual(
      spans(original).map((span) => ({
        ...span,
        line: span.line + line - 1,
        endLine: span.endLine + line - 1,
      })),
    );
  });

  test('has its interpolated values as literals', () => {
    const [title, count, least] = ['a "quoted" \\ title\n', 3, -2];
    const embedded = hmm`
      scenario ${title} {
        int x in ${least}..${count} = ${0}
        int other in 0..${count}pages = 0
        thread A: x = 1-${least}; other = ${count}
      }
    `;
    expect(complaint(embedded)).toEqual(['HMM1001 pages']);
    const program = programOf(hmm`
      scenario ${title} {
        int x in ${least}..${count} = ${0}
        thread A: x = 1-${least}
      }
    `);
    const file = compile(
      'scenario "a \\"quoted\\" \\\\ title\\n" { int x in (-2)..3 = 0\nthread A: x = 1-(-2) }',
      'file.hmm',
      createNodeHost({ root: '.' }),
    );
    expect(meaning(program)).toEqual(meaning(file.scenarios[0]?.instances[0]?.program));
  });

  test('takes definitions from other templates, also through several', () => {
    const lock = hmm`proc lock(mutex *m) { mutex_lock(m) }`;
    const pair = hmm`${lock} proc both(mutex *a, mutex *b) { lock(a); lock(b) }`;
    const program = programOf(hmm`
      ${lock}${pair}
      scenario "s" { mutex a, b, c
        thread A: both(a, b); lock(c); mutex_unlock c; mutex_unlock b; mutex_unlock a }
    `);
    expect(program.procs.map(({ name }) => name)).toEqual(['A', 'both', 'lock']);
    expect(program.sources).toEqual([here, here, here]);
    expect(program.procs.map(({ span }) => written(span))).toEqual(['A', 'both', 'lock']);
  });

  test('has a warning where nothing of an included template is used', () => {
    const unused = hmm`proc unused() { }`;
    const { diagnostics } = hmm`${unused} scenario "s" { int x; thread A: x = 1 }`.compilation;
    expect(
      diagnostics.map(({ severity, message, place }) => [severity, message, written(place)]),
    ).toEqual([['warning', 'nothing of `interpolation 1` is used here', '${unused}']]);
  });

  test('imports files beside this one', () => {
    const template = hmm`
      import "./testing/lock.hmm"
      scenario "s" { mutex m
        thread A: lock(m); mutex_unlock m }
    `;
    expect(programOf(template).sources).toEqual([here, 'packages/embedded/src/testing/lock.hmm']);
    expect(template.compilation.imports.map(({ path }) => path)).toEqual(['./testing/lock.hmm']);
  });
});

describe('places', () => {
  test('of names on the first line, and behind interpolations', () => {
    expect(complaint(hmm`scenario "s" { thread A: first = 1 }`)).toEqual(['HMM2001 first']);
    const one = 1;
    expect(complaint(hmm`scenario "s" { int y = ${one}; thread A: y = ${one} + second }`)).toEqual([
      'HMM2001 second',
    ]);
    const brace = '}';
    expect(
      complaint(hmm`scenario ${/* } \` */ `${brace}{'`} { int y; thread A: y = 1; third = 2 }`),
    ).toEqual(['HMM2001 third']);
  });

  test('behind characters that need a backslash in TypeScript', () => {
    expect(complaint(hmm`/* \`a\` \${b} */ scenario "\"\\ \n" { thread A: fourth = 1 }`)).toEqual([
      'HMM2001 fourth',
    ]);
    expect(complaint(hmm`scenario "s" { thread A: x = \` }`)).toEqual(['HMM1002 `']);
  });

  test('of an interpolated value are the whole interpolation', () => {
    const number = 2 ** 40;
    expect(complaint(hmm`scenario "s" { int x; thread A: x = ${number} }`)).toEqual([
      'HMM1007 ${number}',
    ]);
    expect(complaint(hmm`scenario "s" { int x; thread A: x = ${-number}; }`)).toEqual([
      'HMM1007 ${-number}',
    ]);
    const name = 'linux/5.2';
    expect(complaint(hmm`use ${`${name}9`}; scenario "s" { int x; thread A: x = 1 }`)[0]).toBe(
      'HMM2011 ${`${name}9`}',
    );
  });

  test('of two templates with the same text on one line', () => {
    const twice = [hmm`proc f() { fifth() }`, hmm`proc f() { fifth() }`];
    const columns = twice.map(({ compilation }) => compilation.diagnostics[0]?.place.column ?? 0);
    expect(twice.map(complaint)).toEqual([['HMM2005 fifth'], ['HMM2005 fifth']]);
    expect(columns[1]).toBeGreaterThan(columns[0] ?? 0);
  });

  test('in an included template', () => {
    const broken = hmm`proc f() { sixth = 1 }`;
    expect(complaint(hmm`${broken} scenario "s" { thread A: f() }`)).toEqual(['HMM2001 sixth']);
  });

  test('are in the template itself where its source cannot be found', () => {
    const raw = ['scenario "s" {\n thread A: seventh = 1 }'];
    const template = hmm(Object.assign([...raw], { raw }));
    const [diagnostic] = template.compilation.diagnostics;
    expect(diagnostic?.place).toMatchObject({ line: 2, column: 12 });
    expect(diagnostic?.place.file).toMatch(/^hmm template in .*hmm\.test\.ts, line \d+$/);
    expect([...template.compilation.sources.values()]).toEqual(raw);
  });
});

describe('values', () => {
  test('in strings and comments are part of them', () => {
    const [name, count, lock] = ['a"\n*/', 3, hmm`proc f() {}`];
    const program = programOf(hmm`
      // ${name} ${lock}
      /* ${name} ${count} */
      scenario "for ${name} and ${count}" { int x; thread A: x = 1 }
    `);
    expect(program.title).toBe('for a"\n*/ and 3');
  });

  test('never grow together with their neighbours', () => {
    const one = 1;
    expect(complaint(hmm`scenario "s" { int x${one}; thread A: x1 = 1 }`)).toEqual([
      'HMM1001 ${one}',
    ]);
    expect(complaint(hmm`scenario "s" { int x; thread A: ${'x'} = 1 }`)).toEqual([
      "HMM3007 ${'x'}",
    ]);
  });

  const definitions = hmm`proc f() {}`;
  test.each<[string, () => unknown]>([
    ['interpolation 1 is 1.5, which is not an integer', () => hmm`${1.5}`],
    ['interpolation 2 is NaN, which is not an integer', () => hmm`${1} ${Number.NaN}`],
    // @ts-expect-error a boolean is no value
    ['interpolation 1 is of type boolean; it can be an integer, a string', () => hmm`${true}`],
    // @ts-expect-error nor is nothing
    ['interpolation 1 is of type undefined', () => hmm`${undefined}`],
    // @ts-expect-error nor is null
    ['interpolation 1 is of type object', () => hmm`${null}`],
    // @ts-expect-error nor is a function
    ['interpolation 1 is of type function', () => hmm`${() => 1}`],
    // @ts-expect-error nor is any other object
    ['this object is no hmm template', () => hmm`${{}}`],
    [
      'interpolation 1 is a template inside of brackets',
      () => hmm`scenario "s" { ${definitions} }`,
    ],
    [
      'interpolation 1 is a template, which cannot stand in a string',
      () => hmm`scenario "${definitions}" {}`,
    ],
  ])('%s', (message, make) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });
});

describe('run', () => {
  const lost = hmm`
    scenario "lost update" {
      int x
      thread A: x++
      thread B: x++
      expect always x == 2
    }
    scenario "found" for y in [1, 2] { int x in 0..9; thread A: x = y }
  `;

  test('gives verdicts and reports, at once or in slices', async () => {
    const result = lost.runSync();
    expect(result.outcome).toBe('failed');
    expect(result.instances.map(({ name, verdict }) => `${name}: ${verdict.outcome}`)).toEqual([
      'lost update: failed',
      'found [y=1]: passed',
      'found [y=2]: passed',
    ]);
    expect(result.instances.map(({ reports }) => reports.length)).toEqual([1, 0, 0]);
    expect(await lost.run()).toEqual(result);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(renderResult(result)).toContain('expect always x == 2\n');
  });

  test('gives schedules that can be replayed', () => {
    const { instances } = lost.runSync();
    const schedule = instances[0]?.verdict.findings[0]?.counterexample.schedule ?? '';
    const text = renderResult({ outcome: 'failed', instances });
    expect(text).toContain(`\nreplay: template.replay("lost update", '${schedule}')\n`);
    expect(text).not.toContain('hmm replay');
    const replayed = lost.replay('lost update', schedule);
    expect(replayed.kind === 'trace' && replayed.trace.steps.length).toBe(4);
    expect(lost.replay('lost update', 'h1:00000000:0').kind).toBe('error');
    expect(() => lost.replay('found', schedule)).toThrow(
      'there is no scenario "found"; there is "lost update", "found [y=1]", "found [y=2]"',
    );
  });

  test('of one scenario', () => {
    expect(lost.runSync({ scenario: 'found' }).outcome).toBe('passed');
    expect(() => lost.runSync({ scenario: 'fnd' })).toThrow(
      'there is no scenario "fnd"; there is "lost update", "found"',
    );
    expect(() => hmm`proc f() {}`.runSync()).toThrow('this template has no scenario');
  });

  test('fails for a statement that no instance reaches, and says where', () => {
    const { outcome, instances } = hmm`
      scenario "s" for y in [1, 2] {
        int x in 0..9
        thread A { if (y == 3) x = 1 }
      }
    `.runSync();
    expect(outcome).toBe('failed');
    const places = instances.flatMap(({ verdict }) =>
      verdict.problems.map(({ span }) => written(span)),
    );
    expect(places).toContain('x = 1');
  });

  test('gives up at its limits', async () => {
    const { outcome, instances } = await lost.run({ search: { maxStates: 2 } });
    expect(outcome).toBe('inconclusive');
    expect(instances[0]?.verdict.why).toBe('state-limit');
  });

  test('ends when it is aborted, also in the middle', async () => {
    const large = hmm`scenario "large" {
      int a in 0..99, b in 0..99, c in 0..99
      thread A { while (a < 90) a++ }
      thread B { while (b < 90) b++ }
      thread C { while (c < 90) c++ }
    }`;
    const controller = new AbortController();
    const run = large.run({ signal: controller.signal });
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(run).rejects.toThrow('enough');
    await expect(large.run({ signal: AbortSignal.abort() })).rejects.toThrow();
  });

  test('of a template with errors throws them with their places', () => {
    const broken = hmm`scenario "s" {
      int x
      thread A: y = 1
    }`;
    const error = thrownBy(() => broken.runSync());
    expect(error).toBeInstanceOf(HmmError);
    const [diagnostic] = (error as HmmError).diagnostics;
    const { line = 0, column = 0 } = diagnostic?.place ?? {};
    expect(lines[line - 1]?.slice(column - 1)).toBe('y = 1');
    expect(String(error)).toContain(`${here}:${line}:${column}`);
    expect((error as HmmError).stack).toContain(`    at ${import.meta.filename}:${line}:${column}`);
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}

test('of several reports of an instance, the last tells how far the search went', () => {
  const result = hmm`
    scenario "several" {
      int x
      thread A: x = 1
      expect deadlock
      expect sometimes x == 2
    }
  `.runSync();
  const text = renderResult(result);
  expect(text.match(/\((HMM490[12])\)/g)).toEqual(['(HMM4901)', '(HMM4902)']);
  expect(text.match(/all schedules/g)).toHaveLength(1);
});

describe('one expectation more', () => {
  const lost = hmm`
    scenario "lost" {
      int x in 0..${2}
      thread A: x++
      thread B: x++ }
    scenario "first" { int x; thread A: x = 1 }
  `;

  test('is asked in each scenario, and moves no place', async () => {
    const { instances } = await lost.expecting('sometimes x == 1').run();
    expect(instances.map(({ verdict }) => verdict.outcome)).toEqual(['passed', 'passed']);
    const { instances: other } = await lost.expecting('sometimes x == 2').run();
    expect(other.map(({ verdict }) => verdict.problems.map(({ name }) => name))).toEqual([
      [],
      ['never_happens'],
    ]);
    const places = (template: HmmTemplate): readonly string[] =>
      template.compilation.scenarios.flatMap(({ instances: own }) =>
        own.flatMap(({ program }) => program.procs.map(({ span }) => written(span))),
      );
    expect(places(lost.expecting('holds'))).toEqual(places(lost));
    expect(places(lost)).toEqual(['A', 'B', 'A']);
  });

  test('that is wrong is shown at the template', () => {
    const { diagnostics } = lost.expecting('sometimes y == 1').compilation;
    expect(diagnostics.map(({ code }) => code)).toEqual(['HMM2001', 'HMM2001']);
    expect(diagnostics[0]?.place).toMatchObject({ file: here, column: 20 });
  });

  test('is one expectation and nothing else', () => {
    for (const text of ['holds\nmutex m', 'holds } scenario "x" {', 'sometimes', 'mutex m', ''])
      expect(() => lost.expecting(text)).toThrow(TypeError);
  });
});
