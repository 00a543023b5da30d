// SPDX-License-Identifier: MIT
/**
 * The text of the function that expands a state: for one number of words and one place of each thread's
 * field. It holds numbers and names of our own only; what the program is called or says is not in it.
 *
 * `expand(state, from)` takes the ways of a state from number `from` on. It gives back the number of
 * the first way that it cannot take, -1 if it has taken all, -2 if it knows too little of the state to
 * begin. Names: V states, T table, M its mask, B its bits, C number of states, S slots of references,
 * N nodes, L leaves, O codes of outcomes, A what outcomes write, D blocked sets.
 */

import { LEAF } from './learned-ways.ts';

export const ALL_TAKEN = -1;
export const NOT_BEGUN = -2;

/** What the text depends on. */
export interface WalkerShape {
  readonly words: number;
  /** By thread: where its field is, and the slot of its tree's first child. */
  readonly threads: readonly {
    readonly word: number;
    readonly shift: number;
    readonly mask: number;
    readonly base: number;
  }[];
  /** Whether edges and blocked threads are kept, or edges only counted. */
  readonly keepsGraph: boolean;
}

/** Beyond this the text would be too long to be compiled well. */
const MOST_WORDS = 64;

/** Null if the shape is too large. */
export function walkerCode(shape: WalkerShape): string | null {
  if (shape.words > MOST_WORDS) return null;
  return [
    '"use strict";',
    `let V, T, M, B, C, S, N, L, O, A, D;`,
    `const Q = new Int32Array(${shape.threads.length});`,
    bindCode,
    followCode,
    leavesCode(shape),
    expandCode(shape),
    'return { bind, expand };',
  ].join('\n');
}

const bindCode = `function bind(t) {
  V = t.vectors; T = t.table; M = T.length - 1; B = t.bits; C = t.count; S = t.slots; N = t.nodes;
  L = t.leaves; O = t.codes; A = t.writes; D = t.blocked;
}`;

/** From a reference to a leaf. */
const followCode = `function follow(r, at) {
  const v = V, s = S, n = N;
  while (r > 0) {
    const i = r * 4;
    const x = (v[at + n[i]] >>> n[i + 1]) & n[i + 2];
    const b = n[i + 3];
    r = b < 0 ? help.child(r, x) : s[b + x];
  }
  return r;
}`;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** Threads whose leaves one function finds: longer functions are compiled worse. */
const GROUP = 16;

/** Each thread's leaf, as an index into L, goes to Q; false if one is not learned. */
function leavesCode({ threads }: WalkerShape): string {
  const groups = range(Math.ceil(threads.length / GROUP));
  return groups
    .map((group) => {
      const lines = threads.slice(group * GROUP, (group + 1) * GROUP).map((place, k) => {
        const { word, shift, mask, base } = place;
        return `r = s[${base} + ((v[at + ${word}] >>> ${shift}) & ${mask})];
  if (r > 0) r = follow(r, at);
  if (r === 0) return false;
  Q[${group * GROUP + k}] = (-1 - r) * ${LEAF.width};`;
      });
      return `function leaves${group}(at) {
  const v = V, s = S;
  let r = 0;
  ${lines.join('\n  ')}
  return true;
}`;
    })
    .join('\n');
}

function expandCode({ words, threads, keepsGraph }: WalkerShape): string {
  const groups = range(Math.ceil(threads.length / GROUP));
  const count = threads.length;
  const blocked = keepsGraph
    ? `if (L[i + ${LEAF.blocked}] === 1) d = D[d * ${count} + q] || help.blocked(d, q);`
    : '';
  return `function expand(state, from) {
  const at = state * ${words};
  ${groups.map((group) => `if (!leaves${group}(at)) return ${NOT_BEGUN};`).join('\n  ')}
  let own = 0, env = 0, d = 0;
  for (let q = 0; q < ${count}; q += 1) {
    const i = Q[q];
    own += L[i + ${LEAF.own}];
    env += L[i + ${LEAF.environmental}];
    ${blocked}
  }
  if (own === 0) return ${NOT_BEGUN};
  if (from === 0) help.open(d);
  let stopped = takeOwn(at, from, 0);
  if (stopped === ${ALL_TAKEN} && env > 0) stopped = takeEnvironmental(at, from, own);
  return stopped;
}
function takeOwn(at, from, first) {
  ${waysCode(words, count, `i + ${LEAF.outcomes}`, LEAF.own, keepsGraph)}
}
function takeEnvironmental(at, from, first) {
  ${waysCode(words, count, `i + ${LEAF.outcomes}] + L[i + ${LEAF.own}`, LEAF.environmental, keepsGraph)}
}`;
}

/**
 * Takes some of the ways of each thread: as many as a column of its leaf says, from one root on. The
 * number of the state that a way makes is found with hash and table as in state-store.ts.
 */
function waysCode(
  words: number,
  threads: number,
  root: string,
  column: number,
  keepsGraph: boolean,
): string {
  const each = (line: (k: number) => string): string => range(words).map(line).join('\n      ');
  const same = range(words).map((k) => `v[b + ${k}] === n${k}`);
  const leave = keepsGraph ? 'return j;' : '{ help.count(edges); return j; }';
  return `let v = V, t = T, m = M, bits = B, s = S, o = O, a = A, j = first, edges = 0;
  ${each((k) => `const w${k} = v[at + ${k}];`)}
  for (let q = 0; q < ${threads}; q += 1) {
    const i = Q[q];
    const root = L[${root}], end = root + L[i + ${column}];
    for (let way = root; way < end; way += 1, j += 1) {
      if (j < from) continue;
      let x = s[way];
      if (x > 0) x = follow(x, at);
      if (x === 0) ${leave}
      const outcome = -1 - x, code = o[outcome], y = outcome * ${2 * words};
      if (code < 0) ${leave}
      ${each((k) => `const n${k} = (w${k} & a[y + ${2 * k}]) | a[y + ${2 * k + 1}];`)}
      let h = 0;
      ${each((k) => `h = Math.imul(h ^ n${k}, 0x9e3779b1); h ^= h >>> 15;`)}
      h = Math.imul(h, 0x85ebca6b);
      h ^= h >>> 13;
      const print = h >>> bits;
      let target = -1, place = h & m, e = t[place];
      while (e !== 0) {
        if (e >>> bits === print) {
          const number = (e & m) - 1, b = number * ${words};
          if (${same.join(' && ')}) { target = number; break; }
        }
        place = (place + 1) & m;
        e = t[place];
      }
      if (target < 0) {
        const b = C * ${words};
        ${each((k) => `v[b + ${k}] = n${k};`)}
        ${keepsGraph ? '' : 'help.count(edges); edges = 0;'}
        target = help.admit(place, (print << bits) | (C + 1));
        if (target < 0) ${leave}
        C = target + 1;
        v = V; t = T; m = M; bits = B; s = S; o = O; a = A;
      }
      ${keepsGraph ? 'help.edge(code, target);' : 'edges += 1;'}
    }
  }
  ${keepsGraph ? '' : 'help.count(edges);'}
  return ${ALL_TAKEN};`;
}
