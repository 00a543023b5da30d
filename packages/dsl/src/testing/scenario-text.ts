// SPDX-License-Identifier: MIT
/** Scenarios that mean something: every name is declared and of the right kind, so that most of them compile. */

import type { Random } from './random.ts';

const definitions = `enum colour { RED, GREEN }
const LIMIT = 2
struct foo { int a in 0..3; mutex lock; bool live }
proc helper(int n, foo *f) -> errno { if (n > LIMIT) return -EAGAIN; f->a = n & 3; return 0 }
verb poke it (int n) { n = n }
`;
const worlds = `  int x in 0..3, y in -2..5 = 1
  int a[3] in 0..3
  bool b
  enum colour c
  mutex m, n
  rwsem s
  spinlock sp
  wait_queue w
  completion done
  struct foo f
  pool struct foo: 2
`;
const numbers = ['0', '1', '2', 'x', 'y', 'f.a', 'a[1]', 'l', 'LIMIT'];
const truths = ['b', 'f.live', 'true', '!b', 'c == RED', 'x', 'p'];
const places = ['x', 'y', 'f.a', 'a[0]', 'a[x & 1]', 'l'];
const calls = [
  'mutex_lock m',
  'mutex_unlock(&m)',
  'mutex_lock(f.lock)',
  'mutex_unlock f.lock',
  'down_read s',
  'up_read s',
  'down_write(s)',
  'up_write s',
  'spin_lock sp',
  'spin_unlock sp',
  'wake_up w',
  'complete done',
  'wait_for_completion done',
  'helper(x, f)',
  'helper y, f',
  'poke it 2',
  'kfree(p)',
  'l = mutex_trylock m',
  'l = helper(1, f)',
  'assert(x < 4)',
];

/** Writes scenarios with threads of random statements. */
export class ScenarioText {
  readonly #random: Random;
  #labels = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** @param size about how many statements a thread has */
  text(size: number): string {
    const random = this.#random;
    const loop = random.once(4) ? ' for k in [0, 1]' : '';
    const threads = Array.from({ length: 1 + random.below(2) }, (_, i) => {
      const when = loop !== '' && random.once(3) ? ' if k == 1' : '';
      const count = random.once(6) ? '[2]' : '';
      return `  thread ${'AB'[i] ?? 'C'}${count}${when} {\n    int l\n    struct foo *p = NULL\n${this.#body(size, 2)}  }\n`;
    });
    const uses = loop === '' ? '' : '  invariant x + k < 9\n';
    return `${definitions}scenario "s"${loop} {\n${worlds}${threads.join('')}${uses}${this.#expectations()}}\n`;
  }

  #body(size: number, depth: number): string {
    const indent = '  '.repeat(4 - Math.min(depth, 2));
    let text = '';
    for (let i = this.#random.below(size + 1); i >= 0; i--)
      text += `${indent}${this.#statement(size, depth)}${this.#random.once(5) ? '; ' : '\n'}`;
    return `${text}\n`;
  }

  #block(size: number, depth: number): string {
    return `{\n${this.#body(Math.floor(size / 2), depth - 1)}}`;
  }

  #statement(size: number, depth: number): string {
    const { below, of } = bound(this.#random);
    const simple = depth <= 0 || size <= 0;
    switch (below(simple ? 6 : 15)) {
      case 0:
        return `${of(places)} ${of(['=', '=', '+=', '|='])} ${this.#number(2)}`;
      case 1:
        return `${of(places)}${of(['++', '--'])}`;
      case 2:
        return `b = ${this.#truth(2)}`;
      case 3:
        return `if (${this.#truth(1)}) return`;
      case 4:
      case 5:
        return of(calls);
      case 6:
        return `if (${this.#truth(2)}) ${this.#block(size, depth)} else ${of(calls)}`;
      case 7:
        return `while (${this.#truth(1)}) ${this.#block(size, depth)}`;
      case 8:
        return `for (l = 0; l < ${1 + below(3)}; l++) { ${of(['break', 'continue', 'x = l'])} }`;
      case 9:
        return `do ${this.#block(size, depth)} while (${this.#truth(1)})`;
      case 10:
        return `either ${this.#block(size, depth)} or ${this.#block(size, depth)}`;
      case 11:
        return `atomic { x = ${this.#number(1)}; y = x }`;
      case 12:
        return of(['await (x == 1)', 'wait_event(w, x > 1)', 'l = wait_event_timeout(w, b, 3)']);
      case 13:
        return of(['p = kmalloc(foo)', 'x = choose(0..3)', 'y = choose(0, 2, x)']);
      default:
        return this.#jump();
    }
  }

  #jump(): string {
    const label = `out${this.#labels++}`;
    return `if (x) goto ${label}; y = 0\n${label}: x = 1`;
  }

  #number(depth: number): string {
    const { once, of } = bound(this.#random);
    if (depth <= 0 || once(2)) return of(numbers);
    return `(${this.#number(depth - 1)} ${of(['+', '-', '*', '&', '|', '^', '<<'])} ${this.#number(depth - 1)})`;
  }

  #truth(depth: number): string {
    const { once, of } = bound(this.#random);
    if (depth <= 0 || once(3)) return of(truths);
    if (once(2))
      return `${this.#number(depth - 1)} ${of(['<', '==', '>=', '!='])} ${this.#number(depth - 1)}`;
    return `(${this.#truth(depth - 1)} ${of(['&&', '||'])} ${this.#truth(depth - 1)})`;
  }

  #expectations(): string {
    const all = [
      'holds',
      'deadlock',
      'deadlock on m in A',
      'always x < 4',
      'sometimes b',
      'never y == 9',
    ];
    return Array.from(
      { length: this.#random.below(3) },
      () => `  expect ${this.#random.of(all)}\n`,
    ).join('');
  }
}

function bound(random: Random): Pick<Random, 'below' | 'of' | 'once'> {
  return {
    below: (limit) => random.below(limit),
    of: (items) => random.of(items),
    once: (times) => random.once(times),
  };
}
