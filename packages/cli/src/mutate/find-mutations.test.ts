// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { findMutations } from './find-mutations.ts';
import { mutated } from './mutation.ts';

const text = `proc f(foo *p, int n) -> int {
  int left = n
  mutex_lock(p->lock)
  if (!p->valid || left < 1) {
    mutex_unlock(p->lock)
    return -EAGAIN
  }
  do {
    p->count--
    left--
  } while (left > 0 && p->valid)
  p->done = true
  wake_up_all(p->queue)
  mutex_unlock(p->lock)
  return 0
}
`;

const all = findMutations('a.hmm', text, 'procs');

/** The lines that a mutation changes, as `line: text`. */
function lines(says: string): readonly string[] {
  const found = all.filter((each) => each.says === says);
  expect(found).toHaveLength(1);
  const before = text.split('\n');
  return found.flatMap((mutation) =>
    mutated(text, mutation)
      .split('\n')
      .flatMap((line, index) => (line === before[index] ? [] : [`${index + 1}: ${line.trim()}`])),
  );
}

describe('what is changed in a proc', () => {
  test('each change once, in order of place', () => {
    expect(all.map(({ kind, line, says }) => `${line} ${kind} ${says}`)).toMatchInlineSnapshot(`
      [
        "3 pair without locking \`p->lock\`",
        "3 statement without \`mutex_lock(p->lock)\`",
        "4 check without \`if (!p->valid || left < 1) ...\`",
        "4 condition \`!(!p->valid || left < 1)\` instead of \`!p->valid || left < 1\`",
        "4 condition \`!p->valid\` instead of \`!p->valid || left < 1\`",
        "4 condition \`left < 1\` instead of \`!p->valid || left < 1\`",
        "5 statement without \`mutex_unlock(p->lock)\`",
        "9 statement without \`p->count--\`",
        "10 statement without \`left--\`",
        "11 condition \`false\` instead of \`left > 0 && p->valid\`",
        "11 condition \`left > 0\` instead of \`left > 0 && p->valid\`",
        "11 condition \`p->valid\` instead of \`left > 0 && p->valid\`",
        "12 statement without \`p->done = true\`",
        "12 order \`wake_up_all(p->queue)\` before \`p->done = true\`",
        "13 statement without \`wake_up_all(p->queue)\`",
        "13 order \`mutex_unlock(p->lock)\` before \`wake_up_all(p->queue)\`",
        "14 statement without \`mutex_unlock(p->lock)\`",
      ]
    `);
  });

  test('a lock goes with all its uses', () => {
    expect(lines('without locking `p->lock`')).toEqual(['3: ;', '5: ;', '14: ;']);
  });

  test('a check goes whole', () => {
    const [mutation] = all.filter(({ kind }) => kind === 'check');
    expect(mutation && mutated(text, mutation)).not.toMatch(/EAGAIN|valid \|\|/);
  });

  test('neighbours change places, locals stay', () => {
    expect(lines('`wake_up_all(p->queue)` before `p->done = true`')).toEqual([
      '12: wake_up_all(p->queue)',
      '13: p->done = true',
    ]);
    expect(all.filter(({ kind, says }) => kind === 'order' && says.includes('left'))).toEqual([]);
  });

  test('what follows `if (...)` without braces leaves a block behind', () => {
    const [mutation] = findMutations('a.hmm', 'proc g() {\n  if (x) y++\n}\n', 'procs').filter(
      ({ kind }) => kind === 'statement',
    );
    expect(mutation && mutated('proc g() {\n  if (x) y++\n}\n', mutation)).toBe(
      'proc g() {\n  if (x) { }\n}\n',
    );
  });
});

test('threads are left alone unless asked for; a file with a syntax error has nothing', () => {
  const scenario = 'scenario "s" {\n  mutex m\n  thread A: mutex_lock m; mutex_unlock m\n}\n';
  expect(findMutations('a.hmm', scenario, 'procs')).toEqual([]);
  expect(findMutations('a.hmm', scenario, 'threads').map(({ says }) => says)).toEqual([
    'without locking `m`',
    'without `mutex_lock m`',
    'without `mutex_unlock m`',
    '`mutex_unlock m` before `mutex_lock m`',
  ]);
  expect(findMutations('a.hmm', 'proc {', 'procs')).toEqual([]);
});

test('procs of profiles, replaced ones and verbs are found by their names', () => {
  const profile = `profile p/1 {
  replace proc a() { x++ }
  verb fault range (foo *r) { y++ }
}
`;
  expect(findMutations('a.hmm', profile, 'procs').map(({ proc }) => proc)).toEqual([
    'a',
    'fault range',
  ]);
});

test('before an `else` the semicolon goes too', () => {
  const branches = 'proc f(bool c) { if (c) x = 2; else x = 1 }\n';
  const changed = findMutations('a.hmm', branches, 'procs').map(({ edits }) =>
    edits.reduceRight(
      (whole, { start, end, text: by }) => whole.slice(0, start) + by + whole.slice(end),
      branches,
    ),
  );
  expect(changed).toContain('proc f(bool c) { if (c) { } else x = 1 }\n');
  expect(changed).toContain('proc f(bool c) { if (c) x = 2; else { } }\n');
});
