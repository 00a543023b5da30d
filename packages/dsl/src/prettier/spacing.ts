// SPDX-License-Identifier: MIT
/** How far apart two words of a row stand. */

import type { Atom } from './atoms.ts';
import type { TreeNode } from './tree.ts';

/** What a mark does where it stands. */
export type Role =
  /** `-` of `-x`: the next word follows directly. */
  | 'prefix'
  /** `++` of `x++`, `(` of a call: follows the word before it directly. */
  | 'postfix'
  /** `->` of `p->q`: both. */
  | 'infix'
  /** `:` of `a ? b : c`, `(` of `if (`. */
  | 'apart'
  /** `if` and `under` behind an expectation. */
  | 'suffix'
  | 'plain';

/** A token and what it does. */
export interface Placed {
  readonly atom: Atom;
  readonly role: Role;
}

/** `(` in these belongs to the word before it: parameters, `guarded_by(lock)`. */
const definitions: ReadonlySet<string> = new Set(['proc', 'ops-slot', 'field', 'world-variable']);
const lengths: ReadonlySet<string> = new Set(['index', 'page-range', 'declarator', 'thread']);
const pointers: ReadonlySet<string> = new Set(['declarator', 'param', 'for-each']);
const heads: ReadonlySet<string> = new Set([
  'if',
  'while',
  'do-while',
  'for',
  'for-each',
  'verb',
  'world',
]);

/** Words before a list of values: `for x in [1, 2]`, `under ["linux/5.3"]`. */
const listWords: ReadonlySet<string> = new Set(['in', 'under']);

/**
 * What a token does in the node that it belongs to directly.
 *
 * @param passed whether a child of the node stands before it
 */
export function roleOf({ text, start }: Atom, node: TreeNode, passed: boolean): Role {
  const { kind } = node;
  switch (text) {
    case '-':
    case '!':
    case '~':
    case '&':
      return kind === 'unary' ? 'prefix' : 'plain';
    case '*':
      if (kind === 'pin-step') return 'infix';
      return kind === 'unary' || pointers.has(kind) ? 'prefix' : 'plain';
    case '++':
    case '--':
      return passed ? 'postfix' : 'prefix';
    case '.':
      return 'infix';
    case '..':
      return 'infix';
    case '->':
      return kind === 'member' || kind === 'field' ? 'infix' : 'plain';
    case '(':
      if (start === node.start || heads.has(kind)) return 'apart';
      return kind === 'call' || definitions.has(kind) ? 'postfix' : 'plain';
    case '[':
      return lengths.has(kind) ? 'postfix' : 'plain';
    case ':':
      return kind === 'conditional' ? 'apart' : 'postfix';
    case 'if':
    case 'under':
      return kind === 'expect' ? 'suffix' : 'plain';
    default:
      return 'plain';
  }
}

/** Spaces between two neighbours of a row. */
export function spaceBetween(before: Placed | null, { atom, role }: Placed): '' | ' ' | '  ' {
  if (before === null) return '';
  const [left, right] = [before.atom.text, atom.text];
  if (left === '(' || left === '[') return '';
  if (right === ')' || right === ']' || right === ',' || right === ';') return '';
  if (before.role === 'prefix') return left.endsWith(right.charAt(0)) && right !== '!' ? ' ' : '';
  if (before.role === 'infix' || role === 'infix' || role === 'postfix') return '';
  if (role === 'suffix') return '  ';
  if (listWords.has(left)) return ' ';
  if ((right === '(' || right === '[') && role === 'plain')
    return /\w$/.test(left) && before.atom.end === atom.start ? '' : ' ';
  return ' ';
}
