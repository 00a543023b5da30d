// SPDX-License-Identifier: MIT
/**
 * The text of the function that expands a state: for one number of words and one place of each thread's
 * field. It holds numbers and names of our own only; what the program is called or says is not in it.
 *
 * `expand(state, from)` takes the ways of a state from number `from` on. It gives back the number of
 * the first way that it cannot take, -1 if it has taken all, -2 if it knows too little of the state to
 * begin. Names: V states, T table, M its mask, B its bits, C number of states, S slots of references,
 * N nodes, L leaves, O codes of outcomes, A what outcomes write, D blocked sets. Of the ways gathered
 * from one state, G is the number; by way, X has the words of its state, H their hash, K the code of its
 * outcome, and P is for loading ahead.
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
    'let H = new Int32Array(0), P = H, K = H, X = H, G = 0;',
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
  const gatherCode = (name: string, root: string, column: number): string =>
    gather(name, { words, threads: count, root, column, keepsGraph });
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
  if (own + env > H.length) makeRoom(own + env);
  G = 0;
  let end = gatherOwn(at, from, 0);
  if (end === ${ALL_TAKEN} && env > 0) end = gatherEnvironmental(at, from, own);
  const stopped = enter();
  return stopped < 0 ? end : from + stopped;
}
function makeRoom(ways) {
  H = new Int32Array(2 * ways);
  P = new Int32Array(2 * ways);
  K = new Int32Array(2 * ways);
  X = new Int32Array(${2 * words} * ways);
}
${gatherCode('gatherOwn', `i + ${LEAF.outcomes}`, LEAF.own)}
${gatherCode('gatherEnvironmental', `i + ${LEAF.outcomes}] + L[i + ${LEAF.own}`, LEAF.environmental)}
${enterCode(words, keepsGraph)}`;
}

/** Some of the ways of each thread: as many as a column of its leaf says, from one root on. */
interface Gathered {
  readonly words: number;
  readonly threads: number;
  readonly root: string;
  readonly column: number;
  readonly keepsGraph: boolean;
}

/** Computes states and hashes of the ways up to the first that is not plain, whose number it gives back. */
function gather(name: string, { words, threads, root, column, keepsGraph }: Gathered): string {
  const each = (line: (k: number) => string): string => range(words).map(line).join('\n      ');
  return `function ${name}(at, from, first) {
  const v = V, s = S, o = O, a = A;
  let j = first, g = G;
  ${each((k) => `const w${k} = v[at + ${k}];`)}
  for (let q = 0; q < ${threads}; q += 1) {
    const i = Q[q];
    const root = L[${root}], end = root + L[i + ${column}];
    for (let way = root; way < end; way += 1, j += 1) {
      if (j < from) continue;
      let x = s[way];
      if (x > 0) x = follow(x, at);
      if (x === 0) { G = g; return j; }
      const outcome = -1 - x, code = o[outcome], y = outcome * ${2 * words};
      if (code < 0) { G = g; return j; }
      ${each((k) => `const n${k} = (w${k} & a[y + ${2 * k}]) | a[y + ${2 * k + 1}];`)}
      let h = 0;
      ${each((k) => `h = Math.imul(h ^ n${k}, 0x9e3779b1); h ^= h >>> 15;`)}
      h = Math.imul(h, 0x85ebca6b);
      h ^= h >>> 13;
      ${each((k) => `X[g * ${words} + ${k}] = n${k};`)}
      H[g] = h;
      ${keepsGraph ? 'K[g] = code;' : ''}
      g += 1;
    }
  }
  G = g;
  return ${ALL_TAKEN};
}`;
}

/**
 * Enters the gathered states, by hash and table as in state-store.ts; gives back the place of the first
 * that it cannot enter. It first loads for all of them what it will look at for each: these loads wait
 * for memory side by side, and memory is what most of the time goes to.
 */
function enterCode(words: number, keepsGraph: boolean): string {
  const each = (line: (k: number) => string): string => range(words).map(line).join('\n    ');
  const same = range(words).map((k) => `v[b + ${k}] === n${k}`);
  const leave = keepsGraph ? 'return g;' : '{ help.count(g); return g; }';
  return `function enter() {
  let v = V, t = T, m = M, bits = B;
  const count = G;
  for (let g = 0; g < count; g += 1) P[g] = t[H[g] & m];
  for (let g = 0; g < count; g += 1) {
    const e = P[g];
    P[g] = e === 0 ? 0 : v[(e & m) * ${words} - 1];
  }
  for (let g = 0; g < count; g += 1) {
    const h = H[g];
    ${each((k) => `const n${k} = X[g * ${words} + ${k}];`)}
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
      target = help.admit(place, (print << bits) | (C + 1));
      if (target < 0) ${leave}
      C = target + 1;
      v = V; t = T; m = M; bits = B;
    }
    ${keepsGraph ? 'help.edge(K[g], target);' : ''}
  }
  ${keepsGraph ? '' : 'help.count(count);'}
  return -1;
}`;
}
