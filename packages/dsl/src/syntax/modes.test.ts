// SPDX-License-Identifier: MIT
/** What a scenario says about its running: modes, tags, checks. */

import { describe, expect, test } from 'vitest';
import { errors, items, scenario } from '../testing/parsed.ts';

describe('modes, tags and checks of scenarios', () => {
  const head = (text: string): string =>
    items(text)
      .map((item) =>
        item.kind === 'scenario'
          ? `${item.mode} ${item.reason?.value} ${item.doc} ${item.items.length} ${item.hasBody}`
          : '',
      )
      .join(', ');

  test.each([
    ['/// Doc.\nskip "why" scenario "t" { int x }', 'skip why Doc. 1 true'],
    ['skip "why"\nscenario "t" {\n}', 'skip why null 0 true'],
    ['skip scenario "t" {\n}', 'skip undefined null 0 true'],
    ['only scenario "t"\n{ int x }', 'only undefined null 1 true'],
    ['todo scenario "t"\ntodo scenario "u"\n{ int x }\nscenario "v" { }', ''],
    ['todo scenario "t" for x in [1] under ["a"]', 'todo undefined null 0 false'],
  ])('%s', (text, expected) => {
    const whole =
      'todo undefined null 0 false, todo undefined null 1 true, run undefined null 0 true';
    expect(head(text)).toBe(expected === '' ? whole : expected);
  });

  test('items', () => {
    expect(scenario('tags slow, vfio\ncheck data_race\ncheck no livelock, leak\ncheck no')).toEqual(
      [
        '(tags names=[slow vfio])',
        '(check names=[data_race])',
        '(check negated=true names=[livelock leak])',
        '(check names=[no])',
      ],
    );
  });

  test('only a todo has no body', () => {
    expect(errors('scenario "t"\n')).toEqual(['HMM1001 1:13-1:13']);
    expect(errors('skip scenario "t"\nonly scenario "u" { }')).toEqual(['HMM1001 2:1-2:5']);
  });

  test('a missing brace before one is missed before its mode', () => {
    expect(errors('scenario "t" {\n  int x\n\nskip "why" scenario "u" { }\n')).toEqual([
      'HMM1011 1:14-1:15',
    ]);
    expect(errors('scenario "t" {\n  int x\n\nskip "why"\nscenario "u" { }\n')).toEqual([
      'HMM1011 1:14-1:15',
    ]);
    expect(errors('scenario "t" {\n  int x\n\nonly scenario "u" { int 3 }\n')).toEqual([
      'HMM1011 1:14-1:15',
      'HMM1001 4:25-4:26',
    ]);
  });
});
