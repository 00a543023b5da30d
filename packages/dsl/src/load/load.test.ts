// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { compileText, complaints, programs } from '../testing/memory-host.ts';

/** Primitives in the code of a proc. */
function primitives(
  text: string,
  files: Readonly<Record<string, string>>,
  proc: string,
): readonly string[] {
  const [program] = programs(text, files);
  const code = program?.procs.find(({ name }) => name === proc)?.code ?? [];
  return code.flatMap((i) => (i.op === 'primitive' ? [i.name] : []));
}

describe('imports', () => {
  test('definitions of imported files, also of those they import', () => {
    const files = {
      'lib/a.hmm': 'import "./b.hmm"\nproc a(mutex *m) { b(m) }',
      'lib/b.hmm': 'proc b(mutex *m) { mutex_lock(m) }',
    };
    const text = 'import "./lib/a.hmm"\nscenario "s" { mutex m\n thread A: a(m) }';
    expect(primitives(text, files, 'b')).toEqual(['mutex_lock']);
    const { imports, sources } = compileText(text, files);
    expect(imports).toEqual([{ path: './lib/a.hmm', file: 'lib/a.hmm', line: 1, column: 8 }]);
    expect([...sources.keys()]).toEqual(['main.hmm', 'lib/a.hmm', 'lib/b.hmm']);
    const [program] = programs(text, files);
    expect(program?.sources).toEqual(['main.hmm', 'lib/a.hmm', 'lib/b.hmm']);
    expect(program?.procs.map(({ name, origin, span }) => [name, origin, span.file])).toEqual([
      ['A', 'scenario', 0],
      ['a', 'library', 1],
      ['b', 'library', 2],
    ]);
  });
  test('a file imported twice is read once', () => {
    const files = {
      'a.hmm': 'import "./c.hmm"',
      'b.hmm': 'import "./c.hmm"',
      'c.hmm': 'proc c(mutex *m) { mutex_lock(m) }',
    };
    const text = 'import "./a.hmm"\nimport "./b.hmm"\nscenario "s" { mutex m\n thread A: c(m) }';
    expect(complaints(text, files)).toEqual([]);
  });
  test('scenarios of imported files are not run', () => {
    const files = { 'a.hmm': 'scenario "other" { int x\n thread A: x = 1 }' };
    const { scenarios } = compileText(
      'import "./a.hmm"\nscenario "s" { int x\n thread A: x = 1 }',
      files,
    );
    expect(scenarios.map(({ title }) => title)).toEqual(['s']);
  });
  test('a missing file says who wanted it; a cycle shows the chain', () => {
    expect(complaints('import "./a.hmm"', { 'a.hmm': 'import "./gone.hmm"' }))
      .toMatchInlineSnapshot(`
        [
          "a.hmm:1:8 HMM2013 \`./gone.hmm\`, wanted by a.hmm, cannot be imported: there is no such file (the path is relative to the importing file and must stay inside the project)",
        ]
      `);
    const deep = compileText('import "./a.hmm"', {
      'a.hmm': 'import "./b.hmm"',
      'b.hmm': 'import "./gone.hmm"',
    }).diagnostics[0];
    expect(
      deep?.related.map(({ message, place }) => `${place.file}:${place.line} ${message}`),
    ).toEqual([
      'main.hmm:1 main.hmm imports `./a.hmm` here',
      'a.hmm:1 a.hmm imports `./b.hmm` here',
    ]);
    const files = { 'a.hmm': 'import "./b.hmm"', 'b.hmm': 'import "./a.hmm"' };
    expect(complaints('import "./a.hmm"', files)).toMatchInlineSnapshot(`
      [
        "b.hmm:1:8 HMM2014 files import each other: a.hmm -> b.hmm -> a.hmm (move what both need into a third file)",
      ]
    `);
    const { diagnostics } = compileText('import "./a.hmm"', files);
    expect(diagnostics[0]?.related.map(({ place }) => place.file)).toEqual(['a.hmm', 'b.hmm']);
    expect(complaints('import "./main.hmm"', { 'main.hmm': '' })).toMatchInlineSnapshot(`
      [
        "1:8 HMM2014 files import each other: main.hmm -> main.hmm (move what both need into a third file)",
      ]
    `);
  });
  test('an error in an imported file is reported there', () => {
    expect(
      complaints('import "./a.hmm"\nscenario "s" { int x\n thread A: x = 1 }', {
        'a.hmm': '\n\nproc a() { b() }',
      }),
    ).toMatchInlineSnapshot(`
      [
        "a.hmm:3:12 HMM2005 there is no proc, verb or primitive \`b\`",
      ]
    `);
    expect(
      complaints('import "./a.hmm"\nscenario "s" { int x\n thread A: x = y }', {
        'a.hmm': 'proc (',
      }),
    ).toMatchInlineSnapshot(`
      [
        "a.hmm:1:6 HMM1011 \`(\` is never closed: found the end of the file, expected \`)\` (put the \`)\` in that belongs to this \`(\`)",
      ]
    `);
  });
});

describe('what a profile removes', () => {
  const base = `profile one {
  struct box { int n; list box kids }
  proc take(box *b) { b->n = 1 }
  ops box_ops { run(box *b) }
  ops box_ops table = { run: take }
  proc use_it(box *b) { take(b) }
}`;
  const check = (removes: string): string[] =>
    complaints(`${base}\nprofile two extends one { ${removes} }`);

  test('must not be used any more, in procs, tables and types', () => {
    expect(check('remove take')).toEqual([
      '8:34 HMM2016 `take` is removed here and still used (replace what uses it, too, or keep it)',
    ]);
    expect(check('remove use_it')).toEqual([]);
    expect(check('remove box')).toEqual([
      '8:34 HMM2016 `box` is removed here and still used (replace what uses it, too, or keep it)',
    ]);
    expect(check('remove take\n remove table\n remove use_it')).toEqual([]);
    expect(check('remove take\n proc take(box *b) { b->n = 2 }')).toEqual([]);
    const { diagnostics } = compileText(
      `${base}\nprofile two extends one { remove take\n remove table }`,
    );
    expect(diagnostics[0]?.related).toMatchObject([
      { message: 'it is used here', place: { line: 6, column: 25 } },
    ]);
  });
  test('a verb is named by all of its words', () => {
    const verbs = `profile one { verb look twice () { cpu_relax() }\n verb look () { cpu_relax() } }
profile two extends one { remove look twice }
use two\n`;
    expect(complaints(`${verbs}scenario "s" { thread A: look }`)).toEqual([]);
    expect(complaints(`${verbs}scenario "s" { thread A: look twice }`)).not.toEqual([]);
    expect(check('remove take it')).toEqual(['8:34 HMM2016 the base has no `take it` to remove']);
  });
  test('of two bases with one root the one counts that says more', () => {
    const text = (first: string, second: string, body: string): string[] =>
      complaints(`profile root { proc f() { cpu_relax() }\n proc g() { cpu_relax() } }
profile left extends root { ${first} }
profile right extends root { ${second} }
profile both extends left { use right }
use both
scenario "s" { thread A { ${body} } }`);
    const better = 'replace proc f() { might_sleep() }';
    expect(text(better, '', 'f()')).toEqual([]);
    expect(text('', better, 'f()')).toEqual([]);
    expect(text(better, better, 'f()')).toEqual(['5:33 HMM2002 `f` comes from two bases']);
    expect(text('remove g', '', 'f()')).toEqual([]);
    expect(text('', 'remove g', 'g()')).toHaveLength(1);
    expect(text('remove g', '', 'g()')).toHaveLength(1);
  });
  test('stays removed in what is derived from it', () => {
    const three =
      'remove take\n remove table\n replace proc use_it(box *b) { b->n = 3 } }\nprofile three extends two { proc again(box *b) { take(b) }';
    expect(check(three)).toEqual([
      '8:34 HMM2016 `take` is removed here and still used (replace what uses it, too, or keep it)',
    ]);
  });
  test('must be there', () => {
    expect(check('remove tak')).toEqual([
      '8:34 HMM2016 the base has no `tak` to remove (did you mean `take`?)',
    ]);
  });
});

describe('profiles', () => {
  const base = `profile one {
    struct box { mutex m; rwsem rw }
    proc take(box *b) { mutex_lock(b->m) }
    proc use_it(box *b) { take(b) }
    proc gone(box *b) { take(b) }
    rule readers_overtake off
  }`;
  const scenario = (world: string, call: string): string =>
    `use ${world}\nscenario "s" { struct box b\n thread A: ${call}(b) }`;

  test('a derived profile replaces and removes; the base stays as it is', () => {
    const files = {
      'profiles/one': base,
      'profiles/two': `profile two extends one { replace proc take(box *b) { down_write(b->rw) }\n remove gone\n proc extra(box *b) { use_it(b) } }`,
    };
    expect(primitives(scenario('one', 'use_it'), files, 'take')).toEqual(['mutex_lock']);
    expect(primitives(scenario('two', 'extra'), files, 'take')).toEqual(['down_write']);
    expect(programs(scenario('two', 'extra'), files)[0]?.lockRules.readersOvertake).toBe(false);
    expect(complaints(scenario('two', 'gone'), files)).toMatchInlineSnapshot(`
      [
        "3:12 HMM2010 \`gone\` is a word of one, which is not used here (add \`use one\`)",
      ]
    `);
  });
  test('a profile of the file comes before a built-in one of its name, and can be derived from one', () => {
    const own = `profile mine extends one { replace proc take(box *b) { down_read(b->rw) } }\n`;
    expect(primitives(own + scenario('mine', 'use_it'), { 'profiles/one': base }, 'take')).toEqual([
      'down_read',
    ]);
  });
  test('drivers are derived likewise, and use core and base', () => {
    const files = {
      'profiles/one': base,
      'profiles/drivers/d':
        'driver d for one { proc drive(box *b) { use_it(b) }\n proc idle(box *b) { gone(b) } }',
      'profiles/drivers/e': 'driver e for one extends d { replace proc drive(box *b) { idle(b) } }',
    };
    const text = scenario('one, drivers/e', 'drive');
    expect(programs(text, files)[0]?.procs.map(({ name }) => name)).toEqual([
      'A',
      'drive',
      'idle',
      'gone',
      'take',
    ]);
  });
  test('code of a core sees neither drivers nor scenario', () => {
    const files = { 'profiles/one': 'profile one { proc f() { x = 1; g() } }' };
    expect(
      complaints(
        'use one\nscenario "s" { int x\n proc g() { x = 2 }\n thread A: f(); g() }',
        files,
      ),
    ).toMatchInlineSnapshot(`
      [
        "profiles/one:1:26 HMM2001 unknown name \`x\` (declare it before it is used, as in \`int n = 0\`)",
        "profiles/one:1:33 HMM2005 there is no proc, verb or primitive \`g\`",
      ]
    `);
  });
  test('what is wrong with profiles', () => {
    const check = (text: string): string[] => complaints(`${base}\n${text}`);
    expect(check('profile two extends one { proc take(box *b) { mutex_lock(b->m) } }'))
      .toMatchInlineSnapshot(`
      [
        "8:32 HMM2017 the base already has \`take\` (write \`replace\` before it, or choose another name)",
      ]
    `);
    expect(
      check(
        'profile two extends one { replace proc tak(box *b) { mutex_lock(b->m) }\n remove nothing }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "8:40 HMM2016 the base has no \`tak\` to replace (did you mean \`take\`?)",
        "9:9 HMM2016 the base has no \`nothing\` to remove",
      ]
    `);
    expect(
      check(
        'profile two extends three { replace proc take(box *b) { mutex_lock(b->m) } }\nprofile three extends two { }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "9:23 HMM2015 profiles extend each other: two -> three -> two (one of them must stand alone)",
      ]
    `);
    expect(check('profile two extends zero { replace proc a() { } }')).toMatchInlineSnapshot(`
      [
        "8:21 HMM2011 there is no profile \`zero\`",
      ]
    `);
    expect(
      check(
        'profile two { rule writers_first on\n rule readers_overtake maybe\n proc a() { b() } }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "8:15 HMM2009 there is no rule \`writers_first\` (the only rule is \`readers_overtake\`)",
        "9:2 HMM2009 a rule is \`on\` or \`off\`, not \`maybe\`",
        "10:13 HMM2005 there is no proc, verb or primitive \`b\`",
      ]
    `);
    expect(check('driver d for one { proc take2(box *b) { taek(b) } }')).toMatchInlineSnapshot(`
      [
        "8:41 HMM2005 there is no proc, verb or primitive \`taek\` (did you mean \`take\`?)",
      ]
    `);
  });
});
