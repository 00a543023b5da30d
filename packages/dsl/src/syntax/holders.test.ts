// SPDX-License-Identifier: MIT
/** `held_by`, `holds`, and what follows them. */

import { expect, test } from 'vitest';
import { printAst } from '../testing/print-ast.ts';
import { parse } from './parse.ts';

/** Codes and columns of what is wrong. */
function errors(text: string): readonly string[] {
  return parse(text, 'test.hmm').diagnostics.map(
    ({ code, place }) =>
      `${code} ${place.line}:${place.column}-${place.endLine}:${place.endColumn}`,
  );
}

test('holders of a counter', () => {
  expect(
    parse(
      'struct foo { kref of, held_by held_by of, struct bar.foo.of,\n  m.ptes of pfn, 2, thread\nint n }',
      'test.hmm',
    ).ast?.items.map(printAst),
  ).toMatchInlineSnapshot(`
    [
      "(struct name=foo fields=[(field type=(type name="kref") declarators=[(declarator name=of) (declarator name=held_by)] heldBy=[(holder who=(sort="path" path=[of])) (holder who=(sort="path" tagged=true path=[bar foo of])) (holder who=(sort="path" path=[m ptes] pfn=pfn)) (holder who=(sort="number" count=2)) (holder who=(sort="thread"))]) (field type=(type name="int") declarators=[(declarator name=n)])])",
    ]
  `);
  expect(errors('struct foo { kref r held_by }')).toEqual(['HMM1001 1:29-1:30']);
  expect(errors('struct foo { kref r held_by a. }')).toEqual(['HMM1001 1:32-1:33']);
  expect(errors('struct foo { kref r held_by a,, b }')).toEqual(['HMM1001 1:31-1:32']);
  expect(errors('scenario "s" { kref k = 1 held_by 1, bar.k; thread A: kref_put k }')).toEqual([]);
});

test('what a reference holds', () => {
  const text = `struct holds { holds *holds, *h guarded_by(holds) holds holds; list foo l holds n }
scenario "s" { struct foo *p[2] holds r; thread A: x\nexpect holds }`;
  expect(parse(text, 'test.hmm').ast?.items.map(printAst)).toMatchInlineSnapshot(`
    [
      "(struct name=holds fields=[(field type=(type name="holds") declarators=[(declarator name=holds pointer=true) (declarator name=h pointer=true)] guardedBy=[holds] holds=holds) (field type=(type name="list" of=foo) declarators=[(declarator name=l)] holds=n)])",
      "(scenario mode="run" title="s" hasBody=true items=[(world-variable type=(type name="foo" tag="struct") declarators=[(declarator name=p pointer=true length=2)] holds=r) (thread name=A body=(block statements=[(command items=[x])])) (expect what=(holds))])",
    ]
  `);
  expect(errors('struct foo { foo *p holds }')).toEqual(['HMM1001 1:27-1:28']);
  expect(errors('struct foo { foo *p holds a, b }')).toEqual(['HMM1001 1:28-1:29']);
  expect(errors('struct foo { foo *p holds a.b }')).toEqual(['HMM1001 1:28-1:29']);
  expect(errors('proc f(foo *p) { struct foo *q holds r }')).toEqual(['HMM1001 1:32-1:37']);
});

test('`thread` as a holder may begin a line; a missing brace before a thread is still found', () => {
  const scenario = (list: string): string =>
    `scenario "s" { struct foo { kref r held_by ${list}\n}\nthread A: x\n}`;
  expect(errors(scenario('1,\n  thread'))).toEqual([]);
  expect(errors(scenario('1').replace('\n}', ''))).toEqual(['HMM1011 1:27-1:28']);
});
