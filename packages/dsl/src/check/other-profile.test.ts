// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/memory-host.ts';
import { otherProfile } from './other-profile.ts';

describe('a word of another revision', () => {
  const said = (having: readonly string[], ...used: readonly string[]): string =>
    otherProfile('snapshot range', having, used).message.replace('`snapshot range` ', '');

  test.each([
    [['linux/5.2', 'linux/5.3'], ['linux/5.1'], 'exists since linux/5.2, you use linux/5.1'],
    [['linux/5.10', 'linux/5.9'], ['linux/5.2'], 'exists since linux/5.9, you use linux/5.2'],
    [['linux/5.3'], ['linux/5.3-rc1'], 'exists since linux/5.3, you use linux/5.3-rc1'],
    [['linux/5.3-rc2'], ['linux/5.3-rc1'], 'exists since linux/5.3-rc2, you use linux/5.3-rc1'],
    [
      ['linux/5.3-rc1', 'linux/5.2'],
      ['linux/5.3'],
      'exists up to linux/5.3-rc1, you use linux/5.3',
    ],
    [
      ['linux/5.1', 'linux/5.3'],
      ['linux/5.2'],
      'exists in linux/5.1 and linux/5.3, you use linux/5.2',
    ],
    [
      ['linux/5.2', 'drivers/nouveau/5.3'],
      ['drivers/nouveau/5.2'],
      'exists since drivers/nouveau/5.3, you use drivers/nouveau/5.2',
    ],
    [
      ['linux/5.2', 'linux/5.3'],
      [],
      'is a word of linux/5.2 and linux/5.3, which are not used here',
    ],
    [
      ['drivers/nouveau/5.3'],
      ['linux/5.3'],
      'is a word of drivers/nouveau/5.3, which is not used here',
    ],
    [
      ['drivers/d/5.3', 'drivers/d/mine'],
      ['drivers/d/5.2'],
      'exists since drivers/d/5.3, you use drivers/d/5.2',
    ],
    [['drivers/d/5.3'], ['drivers/d/mine'], 'exists in drivers/d/5.3, you use drivers/d/mine'],
  ])('%j, used %j', (having, used, message) => {
    expect(said(having, ...used)).toBe(message);
  });

  const files = {
    'profiles/linux/5.1': 'profile linux/5.1 { struct r { int n }\n proc old(r *p) { p->n = 0 } }',
    'profiles/linux/5.2':
      'profile linux/5.2 extends linux/5.1 { verb snapshot range (r *p) { p->n = 1 } }',
    'profiles/linux/5.3':
      'profile linux/5.3 extends linux/5.2 { remove old\n verb snapshot (r *p) { p->n = 2 } }',
    'profiles/drivers/d': 'driver d for linux/5.1 { proc probe(r *p) { p->n = 3 } }',
  };
  const using = (use: string, statement: string): readonly string[] =>
    complaints(`${use}\nscenario "s" { struct r R\nthread A: ${statement} }`, files);

  test('a verb, inherited ones too', () => {
    expect(using('use linux/5.1', 'snapshot range R')).toEqual([
      '3:11 HMM2010 `snapshot range` exists since linux/5.2, you use linux/5.1 (use linux/5.2, or a word that linux/5.1 has)',
    ]);
    expect(using('use linux/5.2', 'snapshot R')).toEqual([
      '3:11 HMM2010 `snapshot` exists since linux/5.3, you use linux/5.2 (use linux/5.3, or a word that linux/5.2 has)',
    ]);
    expect(using('use linux/5.3', 'snapshot range R')).toEqual([]);
  });
  test('a proc that is gone', () => {
    expect(using('use linux/5.3', 'old(&R)')).toEqual([
      '3:11 HMM2010 `old` exists up to linux/5.2, you use linux/5.3 (use linux/5.2, or a word that linux/5.3 has)',
    ]);
    const own = 'profile a { proc f() { cpu_relax() } }\nprofile b extends a { remove f }\n';
    expect(complaints(`${own}use b\nscenario "s" { thread A: f() }`)).toEqual([
      '4:26 HMM2016 `f` is removed by the profile in use',
    ]);
  });
  test('a proc of a driver, a word without a core', () => {
    expect(using('use linux/5.1', 'probe(&R)')).toEqual([
      '3:11 HMM2010 `probe` is a word of drivers/d, which is not used here (add `use drivers/d`)',
    ]);
    expect(complaints('scenario "s" { int x\nthread A: old(x) }', files)).toEqual([
      '2:11 HMM2010 `old` is a word of linux/5.1 and linux/5.2, which are not used here (add `use linux/5.2`)',
    ]);
  });
});

test('a driver without its folder, a core with it, a name without its revision', () => {
  const files = {
    'profiles/drivers/gpu/1': 'driver gpu/1 for core { }',
    'profiles/core': 'profile core { }',
    'profiles/linux/5.2': 'profile linux/5.2 { }',
    'profiles/linux/5.3': 'profile linux/5.3 { }',
  };
  const using = (name: string): readonly string[] =>
    complaints(`use ${name}\nscenario "s" { int x\nthread A: x = 1 }`, files);
  expect(using('gpu/1')).toEqual([
    '1:5 HMM2011 there is no profile `gpu/1` (it is a driver: write `drivers/gpu/1`)',
  ]);
  expect(using('core, drivers/core')).toEqual([
    '1:11 HMM2011 there is no driver `drivers/core` (it is no driver: write `core`)',
  ]);
  expect(using('gpu')).toEqual([
    '1:5 HMM2011 there is no profile `gpu` (say which: `drivers/gpu/1`)',
  ]);
  expect(using('linux')).toEqual([
    '1:5 HMM2011 there is no profile `linux` (say which: `linux/5.2`, `linux/5.3`)',
  ]);
  expect(using('linx/5.2')).toEqual([
    '1:5 HMM2011 there is no profile `linx/5.2` (did you mean `linux/5.2`?)',
  ]);
  expect(using('gqu/1')).toEqual([
    '1:5 HMM2011 there is no profile `gqu/1` (did you mean `drivers/gpu/1`?)',
  ]);
  const own = 'driver mine for core { }\nuse core, mine\nscenario "s" { int x\nthread A: x = 1 }';
  expect(complaints(own, files)).toEqual([
    '2:11 HMM2011 there is no profile `mine` (it is a driver: write `drivers/mine`)',
  ]);
});

test('a core that every scenario overrides has to exist all the same', () => {
  const files = { 'profiles/old': 'profile old { }', 'profiles/new': 'profile new { }' };
  const overriding = (name: string): readonly string[] =>
    complaints(
      `use ${name}\nscenario "s" for n in [1, 2] { use new\nint x in 0..n\nthread A: x = 1 }`,
      files,
    );
  expect(overriding('old')).toEqual([]);
  expect(overriding('odl')).toEqual([
    '1:5 HMM2011 there is no profile `odl` (did you mean `old`?)',
  ]);
});
