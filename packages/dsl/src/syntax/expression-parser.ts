// SPDX-License-Identifier: MIT
/** Expressions and commands. */

import type * as ast from './ast.ts';
import { intValue, stringValue } from './literals.ts';
import { ParserBase, type Rule } from './parser-base.ts';
import { KindSet } from './kind-set.ts';
import { groupBinary } from './precedence.ts';
import * as t from './tokens.ts';

export abstract class ExpressionParser extends ParserBase {
  protected readonly identifier: Rule<ast.Ident> = this.define('identifier', () => {
    const start = this.begin();
    const { image } = this.CONSUME(t.Identifier);
    return { kind: 'ident', name: image, start, end: this.finish() };
  });

  protected readonly stringLiteral: Rule<ast.StringLit> = this.define('stringLiteral', () => {
    const start = this.begin();
    const { image } = this.CONSUME(t.Str);
    return { kind: 'string', value: stringValue(image), start, end: this.finish() };
  });

  /** Operands with operators between them, or `a ? b : c`. */
  protected readonly expression: Rule<ast.Expr> = this.define('expression', () => {
    const alone = joining.has(this.LA(2).tokenType) ? null : this.plainOperand();
    if (alone !== null) return alone;
    const operands: ast.Expr[] = [];
    const operators: string[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: t.BinaryOperator,
      DEF: () => {
        if (operands.length > 0) operators.push(this.LA(0).image);
        const prefixes: { op: ast.Unary['op']; start: number }[] = [];
        this.MANY(() => {
          const start = this.begin();
          prefixes.push({ op: prefixOf(this.CONSUME(t.PrefixOperator).image), start });
        });
        operands.push(applyPrefixes(prefixes, this.operand()));
        this.ACTION(() => this.refuseDetachedCall());
      },
      ERR_MSG: 'an expression',
    });
    const test = groupBinary(operands, operators) ?? nothing;
    return (
      this.OPTION((): ast.Expr => {
        this.CONSUME(t.Question);
        const yes = this.SUBRULE2(this.expression);
        this.CONSUME(t.Colon);
        const no = this.SUBRULE3(this.expression);
        return { kind: 'conditional', test, then: yes, else: no, start: test.start, end: no.end };
      }) ?? test
    );
  });

  /** A name, literal or parenthesized expression with its calls, members and indexes. */
  protected readonly postfix: Rule<ast.Expr> = this.define('postfix', () => {
    const start = this.begin();
    let result = this.choose<ast.Expr>(
      0,
      [
        { GATE: () => this.atChoose(), ALT: () => this.SUBRULE(this.choice) },
        { ALT: () => this.SUBRULE(this.identifier) },
        { ALT: () => this.SUBRULE(this.literal) },
        { ALT: () => this.parenthesized(start) },
      ],
      'an expression',
    );
    this.MANY({
      GATE: () => !this.is(1, t.LeftRound) || this.isAdjacent(),
      DEF: () => {
        result = this.choose<ast.Expr>(2, [
          { ALT: () => this.call(result, start) },
          { ALT: () => this.index(result, start) },
          { ALT: () => this.member(result, start) },
        ]);
      },
    });
    return result;
  });

  /** `choose(0..3)`, `choose(a, b, c)` */
  protected readonly choice: Rule<ast.Choose> = this.define('choice', () => {
    const start = this.begin();
    this.CONSUME(t.Choose);
    this.CONSUME(t.LeftRound);
    const values = [this.SUBRULE(this.expression)];
    const upTo = this.choose<ast.Expr | null>(0, [
      {
        ALT: () => {
          this.CONSUME(t.DotDot);
          return this.SUBRULE2(this.expression);
        },
      },
      {
        ALT: () => {
          this.MANY(() => {
            this.CONSUME(t.Comma);
            values.push(this.SUBRULE3(this.expression));
          });
          return null;
        },
      },
    ]);
    this.CONSUME(t.RightRound);
    return { kind: 'choose', values, upTo, start, end: this.finish() };
  });

  protected readonly literal: Rule<ast.Expr> = this.define('literal', () => {
    const start = this.begin();
    return this.choose<ast.Expr>(0, [
      {
        ALT: () => {
          const { image } = this.CONSUME(t.Int);
          return { kind: 'int', value: intValue(image) ?? 0, start, end: this.finish() };
        },
      },
      { ALT: () => this.SUBRULE(this.stringLiteral) },
      {
        ALT: () => {
          this.CONSUME(t.True);
          return { kind: 'bool', value: true, start, end: this.finish() };
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.False);
          return { kind: 'bool', value: false, start, end: this.finish() };
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Null);
          return { kind: 'null', start, end: this.finish() };
        },
      },
    ]);
  });

  protected readonly argument: Rule<ast.Argument> = this.define('argument', () => {
    const start = this.begin();
    const name = this.OPTION({
      GATE: () => this.is(2, t.Colon),
      DEF: () => {
        const found = this.SUBRULE(this.identifier);
        this.CONSUME(t.Colon);
        return found;
      },
    });
    // `container_of(w, struct foo, field)`: the word is for people.
    this.OPTION2({
      GATE: () => this.is(1, t.Struct) && this.is(2, t.Identifier),
      DEF: () => this.CONSUME(t.Struct),
    });
    const value = this.SUBRULE(this.expression);
    return { kind: 'argument', name: name ?? null, value, start, end: this.finish() };
  });

  /** `down_read mmap_sem`, `fault range R, 2` */
  protected readonly command: Rule<ast.Command> = this.define('command', () => {
    const start = this.begin();
    const items: ast.Expr[] = [this.SUBRULE(this.identifier)];
    this.MANY(() => {
      this.OPTION({
        GATE: () => items.length > 1,
        DEF: () => this.CONSUME(t.Comma),
      });
      items.push(this.operand());
    });
    return { kind: 'command', items, start, end: this.finish() };
  });

  /** The right side of `=`: a command or an expression. */
  protected readonly value: Rule<ast.Expr> = this.define('value', () =>
    this.choose<ast.Expr>(
      0,
      [
        {
          GATE: () => this.atCommand(),
          ALT: () => {
            const command = this.SUBRULE(this.command);
            return { kind: 'command-expr', command, start: command.start, end: command.end };
          },
        },
        { ALT: () => this.SUBRULE(this.expression) },
      ],
      'an expression or a command',
    ),
  );

  /** An assignment, `x++`, or a bare expression: the caller judges what may stand alone. */
  protected readonly effect: Rule<ast.Expr> = this.define('effect', () => {
    const start = this.begin();
    return this.choose<ast.Expr>(
      0,
      [
        {
          ALT: () => {
            const op = stepOf(this.CONSUME(t.StepOperator).image);
            const target = this.SUBRULE(this.postfix);
            return { kind: 'step', op, target, start, end: this.finish() };
          },
        },
        { ALT: () => this.assignment(this.SUBRULE(this.expression)) },
      ],
      'a statement',
    );
  });

  /** Whether a command begins here: a name and, apart from it, something that can be its first item. */
  protected atCommand(): boolean {
    if (!this.is(1, t.Identifier)) return false;
    const next = this.LA(2);
    return t.isA(next, t.Identifier) || itemStarts.has(next.tokenType);
  }

  /** An operand without prefixes. */
  protected operand(): ast.Expr {
    return this.plainOperand() ?? this.SUBRULE(this.postfix);
  }

  /**
   * A name or number without calls, members and indexes, if that is what stands here: most operands are, and need
   * no rule. While Chevrotain records the grammar, it must see them all.
   */
  private plainOperand(): ast.Ident | ast.IntLit | null {
    if (this.RECORDING_PHASE || suffixes.has(this.LA(2).tokenType)) return null;
    const token = this.LA(1);
    const isInt = token.tokenType === t.Int;
    if (!isInt && !t.isA(token, t.Identifier)) return null;
    this.SKIP_TOKEN();
    const { image, startOffset: start } = token;
    const end = this.finish();
    if (isInt) return { kind: 'int', value: intValue(image) ?? 0, start, end };
    return { kind: 'ident', name: image, start, end };
  }

  /** `choose(`, in one: with a blank or without brackets it is a name. */
  private atChoose(): boolean {
    const end = (this.LA(1).endOffset ?? -1) + 1;
    return this.is(1, t.Choose) && this.is(2, t.LeftRound) && this.LA(2).startOffset === end;
  }

  private assignment(target: ast.Expr): ast.Expr {
    const { start } = target;
    return this.choose<ast.Expr>(2, [
      {
        ALT: () => {
          const op = this.CONSUME(t.AssignOperator).image;
          const value = this.SUBRULE(this.value);
          return { kind: 'assign', op, target, value, start, end: this.finish() };
        },
      },
      {
        ALT: () => {
          const op = stepOf(this.CONSUME2(t.StepOperator).image);
          return { kind: 'step', op, target, start, end: this.finish() };
        },
      },
      { ALT: () => target },
    ]);
  }

  /** The brackets have no node; they belong to the place of what they hold. */
  private parenthesized(start: number): ast.Expr {
    this.CONSUME(t.LeftRound);
    const inner = this.SUBRULE(this.expression);
    this.CONSUME(t.RightRound);
    return { ...inner, start, end: this.finish() };
  }

  private call(callee: ast.Expr, start: number): ast.Expr {
    const args: ast.Argument[] = [];
    this.CONSUME2(t.LeftRound);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => args.push(this.SUBRULE(this.argument)) });
    this.CONSUME2(t.RightRound);
    return { kind: 'call', callee, args, start, end: this.finish() };
  }

  /** `foo (x)` */
  private refuseDetachedCall(): void {
    const name = this.LA(0);
    if (!this.is(1, t.LeftRound) || !t.isA(name, t.Identifier)) return;
    const message = 'the `(` of a call stands directly after the name';
    const help = `write \`${name.image}(...)\``;
    this.fail('HMM1009', name.startOffset, this.begin() + 1, message, help);
  }

  private index(object: ast.Expr, start: number): ast.Expr {
    this.CONSUME(t.LeftSquare);
    const from = this.SUBRULE2(this.expression);
    return this.choose<ast.Expr>(
      3,
      [
        {
          ALT: () => {
            this.CONSUME(t.DotDot);
            const to = this.SUBRULE3(this.expression);
            this.CONSUME(t.RangeEnd);
            return { kind: 'page-range', object, from, to, start, end: this.finish() };
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.RightSquare);
            return { kind: 'index', object, index: from, start, end: this.finish() };
          },
        },
      ],
      '`]` or `..`',
    );
  }

  private member(object: ast.Expr, start: number): ast.Expr {
    const arrow = this.choose(4, [
      { ALT: () => this.CONSUME(t.Arrow) },
      { ALT: () => this.CONSUME(t.Dot) },
    ]);
    const field = this.SUBRULE2(this.identifier);
    const isArrow = arrow.tokenType === t.Arrow;
    return { kind: 'member', object, arrow: isArrow, field, start, end: this.finish() };
  }
}

/** Marks that go on with a name or number. */
const suffixes: KindSet = new KindSet([t.LeftRound, t.LeftSquare, t.Dot, t.Arrow]);

/** Marks that go on with an expression. */
const joining: KindSet = new KindSet([...t.kindsOf([t.BinaryOperator]), t.Question]);

/** Kinds that can begin the first item of a command, besides names. */
const itemStarts: ReadonlySet<unknown> = new Set([t.Int, t.Str, t.True, t.False, t.Null]);

/** Stands for an operand while Chevrotain records the grammar. */
const nothing: ast.Expr = { kind: 'null', start: 0, end: 0 };

function prefixOf(image: string): ast.Unary['op'] {
  if (image === '-' || image === '!' || image === '~' || image === '&') return image;
  return '*';
}

function stepOf(image: string): ast.Step['op'] {
  return image === '++' ? '++' : '--';
}

function applyPrefixes(
  prefixes: readonly { op: ast.Unary['op']; start: number }[],
  operand: ast.Expr,
): ast.Expr {
  return prefixes.reduceRight<ast.Expr>(
    (inner, { op, start }) => ({ kind: 'unary', op, operand: inner, start, end: inner.end }),
    operand,
  );
}
