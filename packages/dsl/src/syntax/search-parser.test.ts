// SPDX-License-Identifier: MIT
/** The grammar of what is said about the schedules to search. */

import { describe, expect, test } from 'vitest';
import { errors, scenario } from '../testing/parsed.ts';

describe('which schedules are searched', () => {
  test('bounds, orders, beginnings, samples, and expectations within them', () => {
    expect(
      scenario(`bound preemptions 2, steps n + 1
        assume A.here before reader[1].there
        schedule A*3, reader[1] way 2, B timeout*2,
          C
        schedule "h1:12345678:0"
        sample 1000
        sample n seed 7
        expect holds within preemptions 2, schedule if deep
        expect eventually finished(A) under ["x"] within samples 9
        expect a == 1 && b leads to c -> d
        expect (a) leads to b if c`),
    ).toEqual([
      '(bound terms=[(bound-term name=preemptions value=2) (bound-term name=steps value=(+ n 1))])',
      '(assume first=A.here second=reader[1].there)',
      '(schedule steps=[(pin-step thread=A count=3) (pin-step thread=reader[1] way=2) (pin-step thread=B environment=timeout count=2) (pin-step thread=C)])',
      '(schedule code="h1:12345678:0")',
      '(sample runs=1000)',
      '(sample runs=n seed=7)',
      '(expect what=(holds) within=[(bound-term name=preemptions value=2) (bound-term name=schedule)] condition=deep)',
      '(expect what=(eventually condition=(call finished A)) within=[(bound-term name=samples value=9)] under=["x"])',
      '(expect what=(leads-to trigger=(&& (== a 1) b) condition=c->d))',
      '(expect what=(leads-to trigger=a condition=b) condition=c)',
    ]);
  });

  test('their words are names everywhere else', () => {
    expect(
      scenario(`int bound, assume, schedule, sample, within, leads, to, before, way, seed, eventually
        thread schedule: sample = bound; to: leads = to
        thread way: before: within++
        expect never leads == to within steps 3
        expect leads leads to to
        schedule way way 1, schedule*2
        assume way.before before schedule.to`).map((item) => item.slice(0, 60)),
    ).toEqual([
      '(world-variable type=(type name="int") declarators=[(declara',
      '(thread name=schedule body=(block statements=[(expression ex',
      '(thread name=way body=(block statements=[(label name=before)',
      '(expect what=(never condition=(== leads to)) within=[(bound-',
      '(expect what=(leads-to trigger=leads condition=to))',
      '(schedule steps=[(pin-step thread=way way=1) (pin-step threa',
      '(assume first=way.before second=schedule.to)',
    ]);
  });

  test.each([
    ['bound', '2:6-2:6'],
    ['bound 2', '2:7-2:8'],
    ['assume A.x', '2:11-2:11'],
    ['assume A.x before', '2:18-2:18'],
    ['schedule', '2:9-2:9'],
    ['schedule A, ', '3:1-3:2'],
    ['sample', '2:7-2:7'],
    ['sample 3 sed 4', '2:10-2:13'],
    ['expect x leads y', '2:10-2:15'],
    ['expect x leads to', '2:18-2:18'],
    ['expect holds within', '2:20-2:20'],
    ['expect holds within steps 1 within steps 2', '2:29-2:35'],
  ])('%s', (item, place) => {
    expect(errors(`scenario "s" {\n${item}\n}`)).toEqual([`HMM1001 ${place}`]);
  });
});
