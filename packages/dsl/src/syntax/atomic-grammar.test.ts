// SPDX-License-Identifier: MIT
/** Choices, atomic blocks and `await`: statements whose words are names elsewhere. */

import { expect, test } from 'vitest';
import { errors, statements } from '../testing/parsed.ts';

const inThread = (body: string): string => `scenario "s" {\nthread A {\n${body}\n}\n}`;

test('choices, atomic blocks, await', () => {
  expect(
    statements(
      'int x = choose(0..3)\nif (choose(a, -1, b->c)) x = 1\neither { x = 1 } or\n{ x = 2 }\nor { }\natomic\n{ x++ }\nawait !fork[i]\nawait (a || b) && c { a = 0 }\nawait x == 1\n{ x = 2 }; await -1',
    ),
  ).toEqual([
    '(local type=(type name="int") declarators=[(declarator name=x initial=(choose 0 .. 3))])',
    '(if test=(choose a (- 1) b->c) then=(expression expression=(= x 1)))',
    '(either branches=[(block statements=[(expression expression=(= x 1))]) (block statements=[(expression expression=(= x 2))]) (block)])',
    '(atomic body=(block statements=[(expression expression=(++ x))]))',
    '(await condition=(! fork[i]))',
    '(await condition=(&& (|| a b) c) body=(block statements=[(expression expression=(= a 0))]))',
    '(await condition=(== x 1) body=(block statements=[(expression expression=(= x 2))]))',
    '(await condition=(- 1))',
  ]);
});

test('an await of several conditions', () => {
  expect(statements('await a { x = 1 } or b || c { }\nor !d\n{ x = 2 }')).toEqual([
    '(await condition=a body=(block statements=[(expression expression=(= x 1))]) or=[(await-way condition=(|| b c) body=(block)) (await-way condition=(! d) body=(block statements=[(expression expression=(= x 2))]))])',
  ]);
});

test('their words are names elsewhere', () => {
  expect(
    statements(
      'int await = 1, atomic, either, or, choose\nawait = or + choose\natomic++\neither.or = choose[0]\nawait: atomic(x); or y',
    ),
  ).toEqual([
    '(local type=(type name="int") declarators=[(declarator name=await initial=1) (declarator name=atomic) (declarator name=either) (declarator name=or) (declarator name=choose)])',
    '(expression expression=(= await (+ or choose)))',
    '(expression expression=(++ atomic))',
    '(expression expression=(= either.or choose[0]))',
    '(label name=await)',
    '(expression expression=(call atomic x))',
    '(command items=[or y])',
  ]);
});

test.each([
  ['either { x = 1 }', 'HMM1001 3:17-3:17'],
  ['choose()', 'HMM1001 3:8-3:9'],
  ['x = choose(0..)', 'HMM1001 3:15-3:16'],
  ['x = choose(0..1, 2)', 'HMM1001 3:16-3:17'],
  ['await x y', 'HMM1001 3:9-3:10'],
  ['await x { } or y', 'HMM1001 4:1-4:2'],
  ['await x or y { }', 'HMM1014 3:9-3:11'],
  ['atomic x++', 'HMM1001 3:9-3:11'],
])('%s', (text, error) => {
  expect(errors(inThread(text))).toEqual([error]);
});
