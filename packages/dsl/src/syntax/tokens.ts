// SPDX-License-Identifier: MIT
/**
 * The kinds of tokens. Only control words are reserved; every other word is a kind of its own that is
 * also an `Identifier`, and means something special only where the grammar looks for it.
 */

import { createToken, Lexer, type IToken, type TokenType } from 'chevrotain';

/** A token; offsets are in UTF-16 units, `endOffset` is that of the last character. */
export interface Token extends IToken {
  readonly endOffset: number;
}

function kind(name: string, label: string, categories: TokenType[] = []): TokenType {
  return createToken({ name, label, pattern: Lexer.NA, categories });
}

/** Any word that is not reserved. */
export const Identifier: TokenType = kind('Identifier', 'a name');
/** A word that begins a declaration when a name or `*` follows. */
export const TypeWord: TokenType = kind('TypeWord', 'a type', [Identifier]);
/** `+`, `&&`, `*`, ...: stands between two operands. */
export const BinaryOperator: TokenType = kind('BinaryOperator', 'an operator');
/** `-`, `!`, `~`, `&`, `*`: stands before an operand. */
export const PrefixOperator: TokenType = kind('PrefixOperator', 'an operator');
/** `=`, `+=`, ... */
export const AssignOperator: TokenType = kind('AssignOperator', '`=`');
/** `++`, `--` */
export const StepOperator: TokenType = kind('StepOperator', '`++`');
/** A word that can never be a name. */
export const Reserved: TokenType = kind('Reserved', 'a reserved word');

export const Int: TokenType = kind('Int', 'a number');
export const Str: TokenType = kind('Str', 'a string');
/** A bare name of a profile, such as `linux/5.3-rc1`. */
export const BareProfile: TokenType = kind('BareProfile', 'the name of a profile');
/** The end of a line where it ends a statement; empty, right after the last token of the line. */
export const Newline: TokenType = kind('Newline', 'the end of the line');

const punctuation = new Map<string, TokenType>();

function mark(image: string, name: string, categories: TokenType[] = []): TokenType {
  const type = kind(name, `\`${image}\``, categories);
  punctuation.set(image, type);
  return type;
}

export const LeftBrace: TokenType = mark('{', 'LeftBrace');
export const RightBrace: TokenType = mark('}', 'RightBrace');
export const LeftRound: TokenType = mark('(', 'LeftRound');
export const RightRound: TokenType = mark(')', 'RightRound');
export const LeftSquare: TokenType = mark('[', 'LeftSquare');
export const RightSquare: TokenType = mark(']', 'RightSquare');
/** The `)` of `[0..2)`. */
export const RangeEnd: TokenType = kind('RangeEnd', '`)`');
export const Semicolon: TokenType = mark(';', 'Semicolon');
export const Comma: TokenType = mark(',', 'Comma');
export const Colon: TokenType = mark(':', 'Colon');
export const Question: TokenType = mark('?', 'Question');
export const Dot: TokenType = mark('.', 'Dot');
export const DotDot: TokenType = mark('..', 'DotDot');
export const Arrow: TokenType = mark('->', 'Arrow');
export const Equals: TokenType = mark('=', 'Equals', [AssignOperator]);
export const Star: TokenType = mark('*', 'Star', [BinaryOperator, PrefixOperator]);
mark('-', 'Minus', [BinaryOperator, PrefixOperator]);
mark('&', 'Amp', [BinaryOperator, PrefixOperator]);
mark('!', 'Bang', [PrefixOperator]);
mark('~', 'Tilde', [PrefixOperator]);
for (const image of [
  '+',
  '/',
  '%',
  '|',
  '^',
  '&&',
  '||',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '<<',
  '>>',
])
  mark(image, `Binary${image}`, [BinaryOperator]);
for (const image of ['+=', '-=', '*=', '/=', '%=', '|=', '&=', '^=', '<<=', '>>='])
  mark(image, `Assign${image}`, [AssignOperator]);
for (const image of ['++', '--']) mark(image, `Step${image}`, [StepOperator]);

const words = new Map<string, TokenType>();

function word(image: string, category: TokenType = Identifier): TokenType {
  const type = kind(`Word_${image}`, `\`${image}\``, [category]);
  words.set(image, type);
  return type;
}

export const If: TokenType = word('if', Reserved);
export const Else: TokenType = word('else', Reserved);
export const While: TokenType = word('while', Reserved);
export const Do: TokenType = word('do', Reserved);
export const For: TokenType = word('for', Reserved);
export const In: TokenType = word('in', Reserved);
export const Break: TokenType = word('break', Reserved);
export const Continue: TokenType = word('continue', Reserved);
export const Goto: TokenType = word('goto', Reserved);
export const Return: TokenType = word('return', Reserved);
export const True: TokenType = word('true', Reserved);
export const False: TokenType = word('false', Reserved);
export const Null: TokenType = word('NULL', Reserved);
export const Scenario: TokenType = word('scenario', Reserved);
export const Thread: TokenType = word('thread', Reserved);
export const Proc: TokenType = word('proc', Reserved);
export const Import: TokenType = word('import', Reserved);
export const Use: TokenType = word('use', Reserved);

export const Struct: TokenType = word('struct', TypeWord);
export const Enum: TokenType = word('enum', TypeWord);
export const Ops: TokenType = word('ops', TypeWord);
export const List: TokenType = word('list', TypeWord);
export const Owed: TokenType = word('owed', TypeWord);
for (const image of [
  'int',
  'bool',
  'errno',
  'pte',
  'seq',
  'mutex',
  'rwsem',
  'spinlock',
  'wait_queue',
])
  word(image, TypeWord);
for (const image of ['completion', 'kref', 'frames', 'long', 'atomic_t', 'pte_t', 'spinlock_t'])
  word(image, TypeWord);
for (const image of ['rw_semaphore', 'wait_queue_head_t', 'work', 'work_struct', 'workqueue'])
  word(image, TypeWord);
for (const image of ['unsigned', 'size_t', 'ssize_t', 'u8', 'u16', 'u32', 'u64'])
  word(image, TypeWord);
for (const image of ['s8', 's16', 's32', 's64']) word(image, TypeWord);

export const Profile: TokenType = word('profile');
export const Driver: TokenType = word('driver');
export const Extends: TokenType = word('extends');
export const Replace: TokenType = word('replace');
export const Remove: TokenType = word('remove');
export const Rule: TokenType = word('rule');
export const Verb: TokenType = word('verb');
export const World: TokenType = word('world');
export const Depth: TokenType = word('depth');
export const Mirrors: TokenType = word('mirrors');
export const GuardedBy: TokenType = word('guarded_by');
export const HeldBy: TokenType = word('held_by');
export const Of: TokenType = word('of');
export const Mm: TokenType = word('mm');
export const Vma: TokenType = word('vma');
export const Device: TokenType = word('device');
export const Range: TokenType = word('range');
export const Pool: TokenType = word('pool');
export const Pages: TokenType = word('pages');
export const Page: TokenType = word('page');
export const Workers: TokenType = word('workers');
export const Worker: TokenType = word('worker');
export const Daemon: TokenType = word('daemon');
export const Expect: TokenType = word('expect');
export const Invariant: TokenType = word('invariant');
export const Allow: TokenType = word('allow');
export const Skip: TokenType = word('skip');
export const Only: TokenType = word('only');
export const Todo: TokenType = word('todo');
export const Tags: TokenType = word('tags');
export const Check: TokenType = word('check');
export const Holds: TokenType = word('holds');
export const No: TokenType = word('no');
export const Sometimes: TokenType = word('sometimes');
export const Always: TokenType = word('always');
export const Never: TokenType = word('never');
export const On: TokenType = word('on');
export const At: TokenType = word('at');
export const Under: TokenType = word('under');
export const Unreached: TokenType = word('unreached');
export const Forever: TokenType = word('forever');
export const Const: TokenType = word('const');
export const Await: TokenType = word('await');
export const Atomic: TokenType = word('atomic');
export const Either: TokenType = word('either');
export const Or: TokenType = word('or');
export const Choose: TokenType = word('choose');
export const Eventually: TokenType = word('eventually');
export const Leads: TokenType = word('leads');
export const To: TokenType = word('to');
export const Bound: TokenType = word('bound');
export const Within: TokenType = word('within');
export const Assume: TokenType = word('assume');
export const Before: TokenType = word('before');
export const Schedule: TokenType = word('schedule');
export const Way: TokenType = word('way');
export const Sample: TokenType = word('sample');
export const Seed: TokenType = word('seed');

/** The kind of every word that has one of its own. */
export const wordTypes: ReadonlyMap<string, TokenType> = words;
/** The kind of every mark. */
export const markTypes: ReadonlyMap<string, TokenType> = punctuation;
/** Every kind, for the parser. */
export const vocabulary: TokenType[] = [
  Identifier,
  TypeWord,
  BinaryOperator,
  PrefixOperator,
  AssignOperator,
  StepOperator,
  Reserved,
  Int,
  Str,
  BareProfile,
  Newline,
  RangeEnd,
  ...punctuation.values(),
  ...words.values(),
];

/** All kinds that are one of `types` or inside one of these categories. */
export function kindsOf(types: readonly TokenType[]): ReadonlySet<TokenType> {
  const inside = (type: TokenType): boolean =>
    types.includes(type) || (type.CATEGORIES ?? []).some(inside);
  return new Set(vocabulary.filter(inside));
}

/** Builds a token that ends before offset `end`. */
export function createHmmToken(type: TokenType, image: string, start: number, end: number): Token {
  return {
    image,
    startOffset: start,
    endOffset: end - 1,
    tokenTypeIdx: type.tokenTypeIdx ?? 0,
    tokenType: type,
  };
}

/** Whether `token` is of `type` or of a kind inside that category. */
export function isA(token: IToken, type: TokenType): boolean {
  return (
    token.tokenType === type ||
    (type.isParent === true && type.categoryMatchesMap?.[token.tokenTypeIdx] === true)
  );
}
