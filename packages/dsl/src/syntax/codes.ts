// SPDX-License-Identifier: MIT
/** The codes of characters and syntax (1xxx). */

// table
const rows = [
  { code: 'HMM1001', name: 'unexpected-token', title: 'something that does not fit here' },
  {
    code: 'HMM1002',
    name: 'invalid-character',
    title: 'characters that mean nothing in a .hmm file',
  },
  { code: 'HMM1003', name: 'unterminated-string', title: 'a string that does not end on its line' },
  { code: 'HMM1004', name: 'unterminated-comment', title: 'a comment that never ends' },
  { code: 'HMM1005', name: 'unknown-escape', title: 'an escape that strings do not have' },
  { code: 'HMM1006', name: 'malformed-number', title: 'a number that is not written like one' },
  { code: 'HMM1007', name: 'number-too-big', title: 'a number above 2147483647' },
  { code: 'HMM1008', name: 'nesting-too-deep', title: 'constructs inside each other too often' },
  {
    code: 'HMM1009',
    name: 'detached-call',
    title: 'a space between a name and the `(` of its call',
  },
  { code: 'HMM1010', name: 'closed-range', title: 'a page range that includes its end' },
  { code: 'HMM1011', name: 'unbalanced-bracket', title: 'a bracket without its partner' },
  {
    code: 'HMM1012',
    name: 'bare-struct-pointer',
    title: 'a struct pointer declared without `struct`',
  },
  { code: 'HMM1013', name: 'no-effect', title: 'an expression where a statement belongs' },
  { code: 'HMM1014', name: 'c-habit', title: 'C that is written otherwise here' },
  { code: 'HMM1020', name: 'too-long', title: 'a name, a string or a file that is too long' },
] as const;

/** A code of this table. */
export type SyntaxCode = (typeof rows)[number]['code'];

/** One row per code; `title` is what its page is called. */
export const syntaxCodes: readonly {
  readonly code: SyntaxCode;
  readonly name: string;
  readonly title: string;
}[] = rows;
