// SPDX-License-Identifier: MIT
/** Statements. */

import { EMPTY_ALT, EOF, type IOrAlt, type TokenType } from 'chevrotain';
import { typeAnswer } from '../check/c-words.ts';
import type * as ast from './ast.ts';
import { DeclarationParser } from './declaration-parser.ts';
import type { Rule } from './parser-base.ts';
import * as t from './tokens.ts';

export abstract class StatementParser extends DeclarationParser {
  // Alternatives that need nothing but the parser are made once, and not for each statement.
  private readonly ends: IOrAlt<unknown>[] = [
    {
      ALT: () => {
        this.CONSUME(t.Semicolon);
        this.OPTION(() => this.CONSUME2(t.Newline));
      },
    },
    { ALT: () => this.CONSUME(t.Newline) },
    { GATE: () => this.endsHere(), ALT: EMPTY_ALT() },
  ];

  /** Consumes the `;`, line end or both of a statement; before `}`, `else` and the end of the file nothing. */
  protected readonly statementEnd: Rule<void> = this.define('statementEnd', () => {
    this.choose(0, this.ends, 'the end of the statement');
  });

  /** The same where nothing is wrong, without a rule. */
  protected endStatement(): void {
    const { tokenType } = this.LA(1);
    if (this.RECORDING_PHASE || (tokenType !== t.Newline && tokenType !== t.Semicolon))
      this.SUBRULE(this.statementEnd);
    else if (this.SKIP_TOKEN().tokenType === t.Newline && tokenType === t.Semicolon)
      this.SKIP_TOKEN();
  }

  protected readonly block: Rule<ast.Block> = this.define('block', () => {
    this.OPTION(() => this.CONSUME(t.Newline));
    const start = this.begin();
    this.CONSUME(t.LeftBrace);
    const statements = this.elements('body', () => this.SUBRULE(this.statement));
    this.CONSUME(t.RightBrace);
    return { kind: 'block', statements, start, end: this.finish() };
  });

  private readonly statements: IOrAlt<ast.Statement>[] = [
    { ALT: () => this.SUBRULE(this.block) },
    { ALT: () => this.SUBRULE(this.ifStatement) },
    { ALT: () => this.SUBRULE(this.whileLoop) },
    { ALT: () => this.SUBRULE(this.doLoop) },
    { ALT: () => this.SUBRULE(this.forLoop) },
    { ALT: () => this.SUBRULE(this.empty) },
    { GATE: () => this.atBlockWord(t.Forever), ALT: () => this.SUBRULE(this.foreverLoop) },
    { GATE: () => this.atUnreached(), ALT: () => this.SUBRULE(this.unreached) },
    {
      GATE: () => this.atBlockWord(t.Atomic),
      ALT: () => this.SUBRULE(this.atomic),
    },
    {
      GATE: () => this.atBlockWord(t.Either),
      ALT: () => this.SUBRULE(this.either),
    },
    { GATE: () => this.atAwait(), ALT: () => this.SUBRULE(this.awaitStatement) },
    { GATE: () => this.is(2, t.Colon), ALT: () => this.SUBRULE(this.label) },
    { ALT: () => this.SUBRULE(this.simpleStatement) },
  ];

  protected readonly statement: Rule<ast.Statement> = this.define('statement', () =>
    this.choose(0, this.statements, 'a statement'),
  );

  private readonly simpleStatements: IOrAlt<ast.Statement>[] = [
    { ALT: () => this.SUBRULE(this.jump) },
    { ALT: () => this.SUBRULE(this.gotoStatement) },
    { ALT: () => this.SUBRULE(this.returnStatement) },
    { GATE: () => this.atDeclaration(), ALT: () => this.SUBRULE(this.local) },
    { GATE: () => this.atCommand(), ALT: () => this.SUBRULE(this.command) },
    { ALT: () => this.SUBRULE(this.effectStatement) },
  ];

  /** A statement that ends with `;` or its line. */
  protected readonly simpleStatement: Rule<ast.Statement> = this.define('simpleStatement', () => {
    const result = this.choose(0, this.simpleStatements, 'a statement');
    this.endStatement();
    return result;
  });

  protected readonly ifStatement: Rule<ast.If> = this.define('ifStatement', () => {
    const start = this.begin();
    this.CONSUME(t.If);
    this.CONSUME(t.LeftRound);
    const test = this.SUBRULE(this.expression);
    this.CONSUME(t.RightRound);
    const then = this.SUBRULE(this.statement);
    const otherwise = this.OPTION(() => {
      this.CONSUME(t.Else);
      return this.SUBRULE2(this.statement);
    });
    const end = (otherwise ?? then).end;
    return { kind: 'if', test, then, else: otherwise ?? null, start, end };
  });

  protected readonly whileLoop: Rule<ast.While> = this.define('whileLoop', () => {
    const start = this.begin();
    this.CONSUME(t.While);
    this.CONSUME(t.LeftRound);
    const test = this.SUBRULE(this.expression);
    this.CONSUME(t.RightRound);
    const body = this.SUBRULE(this.statement);
    return { kind: 'while', test, body, start, end: body.end };
  });

  protected readonly doLoop: Rule<ast.DoWhile> = this.define('doLoop', () => {
    const start = this.begin();
    this.CONSUME(t.Do);
    const body = this.SUBRULE(this.block);
    this.CONSUME(t.While);
    this.CONSUME(t.LeftRound);
    const test = this.SUBRULE(this.expression);
    this.CONSUME(t.RightRound);
    const end = this.finish();
    this.SUBRULE(this.statementEnd);
    return { kind: 'do-while', body, test, start, end };
  });

  protected readonly foreverLoop: Rule<ast.While> = this.define('foreverLoop', () => {
    const start = this.begin();
    this.CONSUME(t.Forever);
    const body = this.SUBRULE(this.block);
    return { kind: 'while', test: null, body, start, end: body.end };
  });

  protected readonly forLoop: Rule<ast.For | ast.ForEach> = this.define('forLoop', () => {
    const start = this.begin();
    this.CONSUME(t.For);
    this.CONSUME(t.LeftRound);
    const head = this.choose<EachHead | CountHead>(0, [
      { GATE: () => this.atForEach(), ALT: () => this.SUBRULE(this.eachHead) },
      { ALT: () => this.SUBRULE(this.countHead) },
    ]);
    this.CONSUME(t.RightRound);
    const body = this.SUBRULE(this.statement);
    return { ...head, body, start, end: body.end };
  });

  /** `struct foo *f in list`, `struct foo *f, *next in list` */
  protected readonly eachHead: Rule<EachHead> = this.define('eachHead', () => {
    const type = this.SUBRULE(this.type);
    this.CONSUME(t.Star);
    const name = this.SUBRULE(this.identifier);
    const next = this.OPTION(() => {
      this.CONSUME(t.Comma);
      this.CONSUME2(t.Star);
      return this.SUBRULE2(this.identifier);
    });
    this.CONSUME(t.In);
    return {
      kind: 'for-each',
      type,
      name,
      next: next ?? null,
      list: this.SUBRULE(this.expression),
    };
  });

  /** `int i = 0; i < n; i++` */
  protected readonly countHead: Rule<CountHead> = this.define('countHead', () => {
    const init = this.OPTION<ast.LocalDecl | ast.ExprStatement>(() =>
      this.choose<ast.LocalDecl | ast.ExprStatement>(0, [
        { GATE: () => this.atDeclaration(), ALT: () => this.SUBRULE(this.local) },
        { ALT: () => this.expressionStatement(this.SUBRULE(this.effect)) },
      ]),
    );
    this.CONSUME(t.Semicolon);
    const test = this.OPTION2(() => this.SUBRULE(this.expression));
    this.CONSUME2(t.Semicolon);
    const update = this.OPTION3(
      () => this.expressionStatement(this.SUBRULE2(this.effect)).expression,
    );
    return { kind: 'for', init: init ?? null, test: test ?? null, update: update ?? null };
  });

  protected readonly local: Rule<ast.LocalDecl> = this.define('local', () => {
    const start = this.begin();
    const type = this.SUBRULE(this.type);
    const declarators = this.SUBRULE(this.declarators, { ARGS: [type] });
    return { kind: 'local', type, declarators, start, end: this.finish() };
  });

  protected readonly jump: Rule<ast.Break | ast.Continue> = this.define('jump', () => {
    const start = this.begin();
    return this.choose<ast.Break | ast.Continue>(0, [
      {
        ALT: () => {
          this.CONSUME(t.Break);
          return { kind: 'break', start, end: this.finish() };
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Continue);
          return { kind: 'continue', start, end: this.finish() };
        },
      },
    ]);
  });

  protected readonly gotoStatement: Rule<ast.Goto> = this.define('gotoStatement', () => {
    const start = this.begin();
    this.CONSUME(t.Goto);
    const label = this.SUBRULE(this.identifier);
    return { kind: 'goto', label, start, end: this.finish() };
  });

  protected readonly returnStatement: Rule<ast.Return> = this.define('returnStatement', () => {
    const start = this.begin();
    this.CONSUME(t.Return);
    const value = this.OPTION(() => this.SUBRULE(this.value)) ?? null;
    const returned = value?.kind === 'command-expr' ? value.command : value;
    return { kind: 'return', value: returned, start, end: this.finish() };
  });

  protected readonly label: Rule<ast.Label> = this.define('label', () => {
    const start = this.begin();
    const name = this.SUBRULE(this.identifier);
    this.CONSUME(t.Colon);
    return { kind: 'label', name, start, end: this.finish() };
  });

  protected readonly unreached: Rule<ast.Unreached> = this.define('unreached', () => {
    const start = this.begin();
    this.CONSUME(t.Unreached);
    const reason = this.SUBRULE(this.stringLiteral);
    const statement = this.SUBRULE(this.statement);
    return { kind: 'unreached', reason, statement, start, end: statement.end };
  });

  protected readonly atomic: Rule<ast.Atomic> = this.define('atomic', () => {
    const start = this.begin();
    this.CONSUME(t.Atomic);
    const body = this.SUBRULE(this.block);
    return { kind: 'atomic', body, start, end: body.end };
  });

  protected readonly awaitStatement: Rule<ast.Await> = this.define('awaitStatement', () => {
    const start = this.begin();
    this.CONSUME(t.Await);
    const condition = this.SUBRULE(this.expression);
    const end = this.finish();
    const body = this.OPTION({
      GATE: () => this.atBlock(1),
      DEF: () => this.SUBRULE(this.block),
    });
    const or: ast.AwaitWay[] = [];
    if (body !== undefined || this.RECORDING_PHASE)
      this.MANY({
        GATE: () => this.atOrAwait(),
        DEF: () => or.push(this.SUBRULE(this.awaitWay)),
      });
    if (body === undefined || this.RECORDING_PHASE) this.SUBRULE(this.statementEnd);
    const last = or.at(-1)?.end ?? body?.end ?? end;
    return { kind: 'await', condition, body: body ?? null, or, start, end: last };
  });

  /** `or condition { ... }` behind the block of an `await`. */
  protected readonly awaitWay: Rule<ast.AwaitWay> = this.define('awaitWay', () => {
    this.OPTION(() => this.CONSUME(t.Newline));
    const start = this.begin();
    this.CONSUME(t.Or);
    const condition = this.SUBRULE(this.expression);
    const body = this.SUBRULE(this.block);
    return { kind: 'await-way', condition, body, start, end: body.end };
  });

  protected readonly either: Rule<ast.Either> = this.define('either', () => {
    const start = this.begin();
    this.CONSUME(t.Either);
    const branches = [this.SUBRULE(this.block)];
    this.AT_LEAST_ONE({
      GATE: () => this.atOr(),
      DEF: () => {
        this.OPTION(() => this.CONSUME(t.Newline));
        this.CONSUME(t.Or);
        branches.push(this.SUBRULE2(this.block));
      },
      ERR_MSG: '`or`',
    });
    return { kind: 'either', branches, start, end: this.finish() };
  });

  protected readonly empty: Rule<ast.Empty> = this.define('empty', () => {
    const start = this.begin();
    this.CONSUME(t.Semicolon);
    return { kind: 'empty', start, end: this.finish() };
  });

  protected readonly effectStatement: Rule<ast.ExprStatement | ast.Command> = this.define(
    'effectStatement',
    () => {
      this.ACTION(() => this.refuseBarePointer());
      const expression = this.SUBRULE(this.effect);
      return this.ACTION(() => {
        const { kind, start, end } = expression;
        if (kind === 'ident') return { kind: 'command', items: [expression], start, end };
        return this.expressionStatement(expression);
      });
    },
  );

  /** Whether a declaration begins here: a type word, then a name or `*`. */
  protected atDeclaration(): boolean {
    return this.is(1, t.TypeWord) && (this.is(2, t.Identifier) || this.is(2, t.Star));
  }

  private expressionStatement(expression: ast.Expr): ast.ExprStatement {
    const { kind, start, end } = expression;
    const stands = kind === 'call' || kind === 'assign' || kind === 'step';
    if (!stands && !this.RECORDING_PHASE && this.endsExpression())
      this.fail(
        'HMM1013',
        start,
        end,
        'this expression does nothing: its value is not used',
        'a statement is an assignment, a call or a command; an item like `-1` stands in parentheses',
      );
    return { kind: 'expression', expression, start, end };
  }

  /** `foo *p = q`: without `struct` this would multiply. */
  private refuseBarePointer(): void {
    if (!this.is(1, t.Identifier) || !this.is(2, t.Star) || !this.is(3, t.Identifier)) return;
    if (!this.is(4, t.Equals) && !this.is(4, t.Comma) && !this.endsAt(4)) return;
    const [type, name] = [this.LA(1).image, this.LA(3)];
    const message = `\`${type} *${name.image}\` does not declare a pointer here`;
    const end = (name.endOffset ?? 0) + 1;
    const help =
      typeAnswer(type) ??
      `inside bodies a struct is named with \`struct\`: \`struct ${type} *${name.image}\``;
    this.fail('HMM1012', this.begin(), end, message, help);
  }

  private endsExpression(): boolean {
    return this.endsAt(1) || this.is(1, t.RightRound) || this.is(1, t.Comma);
  }

  private endsHere(): boolean {
    return this.atListEnd() || this.is(1, t.Else);
  }

  private endsAt(ahead: number): boolean {
    const { tokenType } = this.LA(ahead);
    return statementEnds.has(tokenType);
  }

  /** The word of a block: a name like others unless a block follows it, or a `;` where it should be. */
  private atBlockWord(word: TokenType): boolean {
    const end = this.is(2, t.Newline) ? 3 : 2;
    return this.is(1, word) && (this.atBlock(2) || this.is(end, t.Semicolon));
  }

  /** Whether a block begins `ahead`, perhaps on a line of its own. */
  private atBlock(ahead: number): boolean {
    const newline = this.is(ahead, t.Newline);
    return this.is(newline ? ahead + 1 : ahead, t.LeftBrace);
  }

  /** `or {`, perhaps on a line of its own. */
  private atOr(): boolean {
    const ahead = this.is(1, t.Newline) ? 2 : 1;
    return this.is(ahead, t.Or) && this.atBlock(ahead + 1);
  }

  /** `or` and a condition, perhaps on a line of its own. */
  private atOrAwait(): boolean {
    const ahead = this.is(1, t.Newline) ? 2 : 1;
    return this.is(ahead, t.Or) && conditionStarts.some((type) => this.is(ahead + 1, type));
  }

  /** `await` and something that can begin its condition; elsewhere `await` is a name. */
  private atAwait(): boolean {
    return this.is(1, t.Await) && conditionStarts.some((type) => this.is(2, type));
  }

  private atUnreached(): boolean {
    return this.is(1, t.Unreached) && this.is(2, t.Str);
  }

  /** `struct foo *f in`; a counted loop's `int i in 0..3` has no struct. */
  private atForEach(): boolean {
    const declares = this.is(1, t.Struct) && this.is(2, t.Identifier) && this.is(3, t.Star);
    return declares && (this.is(5, t.In) || (this.is(5, t.Comma) && this.is(8, t.In)));
  }
}

type EachHead = Pick<ast.ForEach, 'kind' | 'type' | 'name' | 'next' | 'list'>;
type CountHead = Pick<ast.For, 'kind' | 'init' | 'test' | 'update'>;

const conditionStarts = [
  t.Identifier,
  t.PrefixOperator,
  t.LeftRound,
  t.Int,
  t.True,
  t.False,
  t.Null,
];

const statementEnds: ReadonlySet<unknown> = new Set([
  t.Semicolon,
  t.Newline,
  t.RightBrace,
  t.Else,
  EOF,
]);
