// SPDX-License-Identifier: MIT
/** Types, declarators and parameters. */

import type * as ast from './ast.ts';
import { ExpressionParser } from './expression-parser.ts';
import type { Rule } from './parser-base.ts';
import * as t from './tokens.ts';

export abstract class DeclarationParser extends ExpressionParser {
  /** `int`, `struct foo`, `enum colour`, `list foo`, `ops interface`, or any name of a type. */
  protected readonly type: Rule<ast.TypeRef> = this.define('type', () => {
    const start = this.begin();
    const tag = this.OPTION({
      GATE: () => this.is(2, t.Identifier) && !this.is(2, t.Star),
      DEF: () =>
        this.choose<'struct' | 'enum'>(0, [
          {
            ALT: () => {
              this.CONSUME(t.Struct);
              return 'struct';
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.Enum);
              return 'enum';
            },
          },
        ]),
    });
    const { image } = this.CONSUME(t.Identifier);
    // `unsigned long`, `long long`: what follows the first word of a number's type says nothing here.
    this.MANY({ GATE: () => this.widens(), DEF: () => this.CONSUME2(t.Identifier) });
    const of = this.OPTION2({
      GATE: () => tag === undefined && this.namesElement(),
      DEF: () => this.SUBRULE(this.identifier),
    });
    return {
      kind: 'type',
      name: image,
      tag: tag ?? null,
      of: of ?? null,
      start,
      end: this.finish(),
    };
  });

  protected readonly declarator: Rule<ast.Declarator, [type: ast.TypeRef]> = this.define(
    'declarator',
    (type: ast.TypeRef) => {
      const start = this.begin();
      const star = this.OPTION(() => this.CONSUME(t.Star));
      const name = this.SUBRULE(this.identifier);
      const length = this.OPTION2(() => {
        this.CONSUME(t.LeftSquare);
        const found = this.SUBRULE(this.expression);
        this.CONSUME(t.RightSquare);
        return found;
      });
      const range = this.OPTION3(() => {
        this.CONSUME(t.In);
        const min = this.SUBRULE2(this.expression);
        this.CONSUME(t.DotDot);
        return { min, max: this.SUBRULE3(this.expression) };
      });
      const elements = this.OPTION6({
        GATE: () => this.is(1, t.Equals) && this.opensList(2),
        DEF: () => this.SUBRULE(this.startValues),
      });
      const initial =
        elements === undefined || this.RECORDING_PHASE ? this.initial(type) : undefined;
      return {
        kind: 'declarator',
        name,
        pointer: star !== undefined,
        length: length ?? null,
        range: range ?? null,
        initial: initial ?? null,
        elements: elements ?? null,
        start,
        end: this.finish(),
      };
    },
  );

  /** `= { 1, 2 }` */
  protected readonly startValues: Rule<readonly ast.Expr[]> = this.define('startValues', () => {
    const found: ast.Expr[] = [];
    this.CONSUME(t.Equals);
    this.SUBRULE(this.openBrace);
    this.AT_LEAST_ONE({
      DEF: () => {
        found.push(this.SUBRULE(this.expression));
        this.SUBRULE(this.listComma);
      },
      ERR_MSG: 'a start value',
    });
    this.CONSUME(t.RightBrace);
    return found;
  });

  /** `n in 0..3 = 1, m` */
  protected readonly declarators: Rule<readonly ast.Declarator[], [type: ast.TypeRef]> =
    this.define('declarators', (type: ast.TypeRef) => {
      const found: ast.Declarator[] = [];
      this.AT_LEAST_ONE_SEP({
        SEP: t.Comma,
        DEF: () => found.push(this.SUBRULE(this.declarator, { ARGS: [type] })),
        ERR_MSG: 'a name',
      });
      return found;
    });

  protected readonly param: Rule<ast.Param> = this.define('param', () => {
    const start = this.begin();
    const type = this.SUBRULE(this.type);
    const star = this.OPTION(() => this.CONSUME(t.Star));
    const name = this.SUBRULE(this.identifier);
    return { kind: 'param', type, pointer: star !== undefined, name, start, end: this.finish() };
  });

  /** `(int a, foo *p)` */
  protected readonly params: Rule<readonly ast.Param[]> = this.define('params', () => {
    const found: ast.Param[] = [];
    this.CONSUME(t.LeftRound);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => found.push(this.SUBRULE(this.param)) });
    this.CONSUME(t.RightRound);
    return found;
  });

  /** `-> errno`, `-> foo *` */
  protected readonly result: Rule<ast.ResultType> = this.define('result', () => {
    const start = this.begin();
    this.CONSUME(t.Arrow);
    const type = this.SUBRULE(this.type);
    const star = this.OPTION(() => this.CONSUME(t.Star));
    return { kind: 'result-type', type, pointer: star !== undefined, start, end: this.finish() };
  });

  /** A `{` that may stand on a line of its own. */
  protected readonly openBrace: Rule<void> = this.define('openBrace', () => {
    this.OPTION(() => this.CONSUME(t.Newline));
    this.CONSUME(t.LeftBrace);
  });

  /** Between the elements of a list in braces: `,`, except after the last one. */
  protected readonly listComma: Rule<void> = this.define('listComma', () => {
    this.choose(
      0,
      [
        { ALT: () => this.CONSUME(t.Comma) },
        { GATE: () => this.is(2, t.RightBrace), ALT: () => this.CONSUME(t.Newline) },
        { GATE: () => this.atListEnd(), ALT: () => undefined },
      ],
      '`,` or `}`',
    );
  });

  /** `= value`; for `work` also `: proc`, for `workqueue` also `: 2 workers`. */
  private initial(type: ast.TypeRef): ast.Expr | undefined {
    return this.OPTION4(() =>
      this.choose<ast.Expr>(
        0,
        [
          {
            ALT: () => {
              this.CONSUME(t.Equals);
              return this.SUBRULE(this.value);
            },
          },
          {
            GATE: () => type.tag === null && /^work(_struct|queue)?$/.test(type.name),
            ALT: () => {
              this.CONSUME(t.Colon);
              const value = this.SUBRULE4(this.expression);
              this.OPTION5(() =>
                this.choose(2, [
                  { ALT: () => this.CONSUME(t.Workers) },
                  { ALT: () => this.CONSUME(t.Worker) },
                ]),
              );
              return value;
            },
          },
        ],
        '`=` or the end of the declaration',
      ),
    );
  }

  /** `{`, perhaps on a line of its own. */
  private opensList(ahead: number): boolean {
    return this.is(this.is(ahead, t.Newline) ? ahead + 1 : ahead, t.LeftBrace);
  }

  /** After `unsigned` or `long`: whether the next word is still part of the type. */
  private widens(): boolean {
    const afterWidth = widths.has(this.LA(0).image);
    const after = this.is(2, t.Newline) ? 3 : 2;
    const named = this.is(2, t.Identifier) || this.is(2, t.Star) || this.is(after, t.LeftBrace);
    return afterWidth && widths.has(this.LA(1).image) && named;
  }

  /** After `list` or `ops`: whether the next name is an element struct or interface, not the declared name. */
  private namesElement(): boolean {
    const word = this.LA(0).tokenType;
    if (word !== t.List && word !== t.Ops) return false;
    return this.is(1, t.Identifier) && (this.is(2, t.Identifier) || this.is(2, t.Star));
  }
}

/** Words that stand together in the types of C's numbers. */
const widths: ReadonlySet<string> = new Set(['unsigned', 'long', 'int', 'short', 'char']);
