// SPDX-License-Identifier: MIT
/** Scenarios: their heads, threads and expectations. */

import { EOF } from 'chevrotain';
import type * as ast from './ast.ts';
import type { Rule } from './parser-base.ts';
import * as t from './tokens.ts';
import { SearchParser } from './search-parser.ts';

export abstract class ScenarioParser extends SearchParser {
  protected readonly scenario: Rule<ast.Scenario> = this.define('scenario', () => {
    const doc = this.doc();
    const start = this.begin();
    const given = this.OPTION3(() => this.SUBRULE(this.scenarioMode));
    const mode = given?.mode ?? 'run';
    const reason = given?.reason ?? null;
    this.CONSUME(t.Scenario);
    const title = this.SUBRULE(this.stringLiteral);
    const loops: ast.ScenarioLoop[] = [];
    this.MANY(() => loops.push(this.SUBRULE(this.scenarioLoop)));
    const under = this.OPTION(() => this.SUBRULE(this.under)) ?? null;
    const body = this.OPTION2({
      GATE: () => mode !== 'todo' || this.atBrace(),
      DEF: () => this.SUBRULE(this.scenarioBody),
    });
    if (body === undefined && mode !== 'todo' && !this.RECORDING_PHASE)
      this.failExpecting('`{`', 'only a `todo scenario "title"` has no body');
    const head = { kind: 'scenario', doc, mode, reason, title, loops, under } as const;
    const hasBody = body !== undefined;
    return { ...head, hasBody, items: body ?? [], start, end: this.finish() };
  });

  protected readonly scenarioBody: Rule<readonly ast.ScenarioItem[]> = this.define(
    'scenarioBody',
    () => {
      this.SUBRULE(this.openBrace);
      const items = this.elements('scenario', () => this.SUBRULE(this.scenarioItem));
      this.CONSUME(t.RightBrace);
      return items;
    },
  );

  /** `skip "why"`, `only` or `todo`. */
  protected readonly scenarioMode: Rule<Pick<ast.Scenario, 'mode' | 'reason'>> = this.define(
    'scenarioMode',
    () =>
      this.choose<Pick<ast.Scenario, 'mode' | 'reason'>>(0, [
        {
          ALT: () => {
            this.CONSUME(t.Skip);
            const reason = this.OPTION(() => this.SUBRULE(this.stringLiteral)) ?? null;
            return { mode: 'skip', reason };
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Only);
            return { mode: 'only', reason: null };
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Todo);
            return { mode: 'todo', reason: null };
          },
        },
      ]),
  );

  /** `for writer in [false, true]` */
  protected readonly scenarioLoop: Rule<ast.ScenarioLoop> = this.define('scenarioLoop', () => {
    const start = this.begin();
    this.CONSUME(t.For);
    const name = this.SUBRULE(this.identifier);
    this.CONSUME(t.In);
    this.CONSUME(t.LeftSquare);
    const values: ast.Expr[] = [];
    values.push(this.SUBRULE(this.expression));
    this.MANY({
      GATE: () => !this.is(2, t.RightSquare),
      DEF: () => {
        this.CONSUME(t.Comma);
        values.push(this.SUBRULE2(this.expression));
      },
    });
    this.OPTION(() => this.CONSUME2(t.Comma));
    this.CONSUME(t.RightSquare);
    return { kind: 'scenario-loop', name, values, start, end: this.finish() };
  });

  /** `under ["linux/5.2 + drivers/nouveau/5.2", ...]` */
  protected readonly under: Rule<readonly ast.StringLit[]> = this.define('under', () => {
    const worlds: ast.StringLit[] = [];
    this.CONSUME(t.Under);
    this.CONSUME(t.LeftSquare);
    worlds.push(this.SUBRULE(this.stringLiteral));
    this.MANY({
      GATE: () => !this.is(2, t.RightSquare),
      DEF: () => {
        this.CONSUME(t.Comma);
        worlds.push(this.SUBRULE2(this.stringLiteral));
      },
    });
    this.OPTION(() => this.CONSUME2(t.Comma));
    this.CONSUME(t.RightSquare);
    return worlds;
  });

  protected readonly use: Rule<ast.Use> = this.define('use', () => {
    const start = this.begin();
    this.CONSUME(t.Use);
    const names = this.SUBRULE(this.profileNames);
    const end = this.finish();
    this.SUBRULE(this.statementEnd);
    return { kind: 'use', names, start, end };
  });

  protected readonly profileName: Rule<ast.ProfileName> = this.define('profileName', () => {
    const start = this.begin();
    const name = this.choose<string>(
      0,
      [
        { ALT: () => this.CONSUME(t.BareProfile).image },
        { ALT: () => this.SUBRULE(this.stringLiteral).value },
      ],
      'the name of a profile',
    );
    return { kind: 'profile-name', name, start, end: this.finish() };
  });

  protected readonly profileNames: Rule<readonly ast.ProfileName[]> = this.define(
    'profileNames',
    () => {
      const names: ast.ProfileName[] = [];
      this.AT_LEAST_ONE_SEP({
        SEP: t.Comma,
        DEF: () => names.push(this.SUBRULE(this.profileName)),
        ERR_MSG: 'the name of a profile',
      });
      return names;
    },
  );

  protected readonly scenarioItem: Rule<ast.ScenarioItem> = this.define('scenarioItem', () => {
    const doc = this.doc();
    return this.choose<ast.ScenarioItem>(
      0,
      [
        {
          GATE: () => this.atDefinition(),
          ALT: () => this.SUBRULE(this.definition, { ARGS: [doc] }),
        },
        { ALT: () => this.SUBRULE(this.use) },
        { ALT: () => this.SUBRULE(this.thread) },
        { ALT: () => this.SUBRULE(this.expect) },
        { ALT: () => this.SUBRULE(this.searchItem) },
        { ALT: () => this.SUBRULE(this.worldItem) },
      ],
      'a world, a thread, a definition or an expectation',
    );
  });

  protected readonly thread: Rule<ast.ThreadDef> = this.define('thread', () => {
    const [doc, start] = [this.doc(), this.begin()];
    const daemon = this.OPTION(() => this.CONSUME(t.Daemon)) !== undefined;
    this.CONSUME(t.Thread);
    const name = this.SUBRULE(this.identifier);
    const count = this.OPTION2(() => {
      this.CONSUME(t.LeftSquare);
      const found = this.SUBRULE(this.expression);
      this.CONSUME(t.RightSquare);
      return found;
    });
    const condition = this.OPTION3(() => this.SUBRULE(this.condition)) ?? null;
    const body = this.choose<ast.Block>(
      0,
      [{ ALT: () => this.SUBRULE(this.lineBody) }, { ALT: () => this.SUBRULE(this.block) }],
      '`:` or `{`',
    );
    const end = this.RECORDING_PHASE ? 0 : Math.max(body.end, start);
    return { kind: 'thread', doc, daemon, name, count: count ?? null, condition, body, start, end };
  });

  /** `: statement; statement` up to the end of the line or the closing brace. */
  protected readonly lineBody: Rule<ast.Block> = this.define('lineBody', () => {
    this.CONSUME(t.Colon);
    const start = this.begin();
    const statements: ast.Statement[] = [];
    if (this.RECORDING_PHASE) statements.push(this.SUBRULE(this.statement));
    else {
      if (this.is(1, t.Newline) || this.atListEnd())
        this.failExpecting(
          'a statement',
          'statements on lines of their own stand in braces: `thread A { ... }`',
        );
      while (!this.is(0, t.Newline) && !this.is(1, t.Newline) && !this.atListEnd())
        if (this.is(1, t.Semicolon)) this.SKIP_TOKEN();
        else this.attempt('body', () => this.SUBRULE(this.statement), statements);
    }
    return { kind: 'block', statements, start, end: statements.at(-1)?.end ?? start };
  });

  protected readonly expect: Rule<ast.Expect> = this.define('expect', () => {
    const [doc, start] = [this.doc(), this.begin()];
    this.CONSUME(t.Expect);
    const what = this.choose<ast.Expect['what']>(
      0,
      [
        { GATE: () => this.saysLeadsTo(), ALT: () => this.SUBRULE(this.expectLeadsTo) },
        {
          ALT: () => {
            this.CONSUME(t.Holds);
            return { kind: 'holds' };
          },
        },
        { ALT: () => this.SUBRULE(this.expectStates) },
        { GATE: () => !this.atPlainExpectation(), ALT: () => this.SUBRULE(this.expectFinding) },
      ],
      '`holds`, a finding, or `sometimes`, `always`, `never`, `eventually` with a condition',
    );
    let within: readonly ast.BoundTerm[] | null = null;
    let condition: ast.Expr | null = null;
    let under: readonly ast.StringLit[] | null = null;
    this.MANY(() => {
      this.choose<unknown>(2, [
        { GATE: () => condition === null, ALT: () => (condition = this.SUBRULE(this.condition)) },
        { GATE: () => under === null, ALT: () => (under = this.SUBRULE(this.under)) },
        { GATE: () => within === null, ALT: () => (within = this.SUBRULE(this.within)) },
      ]);
    });
    const end = this.finish();
    this.SUBRULE(this.statementEnd);
    return { kind: 'expect', doc, what, within, condition, under, start, end };
  });

  /** `within preemptions 2, steps 40` */
  protected readonly within: Rule<readonly ast.BoundTerm[]> = this.define('within', () => {
    this.CONSUME(t.Within);
    return this.SUBRULE(this.boundTerms);
  });

  /** `wants == 1 leads to inside == 1` */
  protected readonly expectLeadsTo: Rule<LeadsTo> = this.define('expectLeadsTo', () => {
    const trigger = this.SUBRULE(this.expression);
    this.CONSUME(t.Leads);
    this.CONSUME(t.To);
    return { kind: 'leads-to', trigger, condition: this.SUBRULE2(this.expression) };
  });

  /** `sometimes x == 1` */
  protected readonly expectStates: Rule<StateExpectation> = this.define('expectStates', () => {
    const kind = this.choose<StateExpectation['kind']>(0, [
      { ALT: () => this.quantifier(this.CONSUME(t.Sometimes).image) },
      { ALT: () => this.quantifier(this.CONSUME(t.Always).image) },
      { ALT: () => this.quantifier(this.CONSUME(t.Never).image) },
      { ALT: () => this.quantifier(this.CONSUME(t.Eventually).image) },
    ]);
    return { kind, condition: this.SUBRULE(this.expression) };
  });

  /** `deadlock on memory_lock in fault at proc`, `no stalled_until_timeout`; the suffixes in any order. */
  protected readonly expectFinding: Rule<FindingExpectation> = this.define('expectFinding', () => {
    const negated = this.OPTION({
      GATE: () => this.is(2, t.Identifier),
      DEF: () => this.CONSUME(t.No),
    });
    const name = this.SUBRULE(this.identifier);
    let on: ast.Expr | null = null;
    let thread: ast.Expr | null = null;
    let at: ast.Ident | null = null;
    this.MANY(() => {
      this.choose<unknown>(1, [
        {
          GATE: () => on === null,
          ALT: () => {
            this.CONSUME(t.On);
            on = this.SUBRULE(this.postfix);
          },
        },
        {
          GATE: () => thread === null,
          ALT: () => {
            this.CONSUME(t.In);
            thread = this.SUBRULE2(this.postfix);
          },
        },
        {
          GATE: () => at === null,
          ALT: () => {
            this.CONSUME(t.At);
            at = this.SUBRULE2(this.identifier);
          },
        },
      ]);
    });
    return { kind: 'finding', negated: negated !== undefined, name, on, in: thread, at };
  });

  /** `if writer` */
  protected readonly condition: Rule<ast.Expr> = this.define('condition', () => {
    this.CONSUME(t.If);
    return this.SUBRULE(this.expression);
  });

  /** Whether a definition begins here; `struct foo f` and `enum colour c` declare worlds instead. */
  protected atDefinition(): boolean {
    const type = this.LA(1).tokenType;
    if (type === t.Struct || type === t.Enum)
      return this.is(3, t.LeftBrace) || (this.is(3, t.Newline) && this.is(4, t.LeftBrace));
    if (type === t.Const) return this.is(2, t.Identifier);
    return type === t.Ops || type === t.Proc || type === t.Verb || type === t.World;
  }

  /** Words that are no names of findings. */
  private atPlainExpectation(): boolean {
    const { tokenType } = this.LA(1);
    return [t.Holds, t.Sometimes, t.Always, t.Never, t.Eventually].includes(tokenType);
  }

  /** Whether a body begins here, or in the next line. */
  private atBrace(): boolean {
    return this.is(1, t.LeftBrace) || (this.is(1, t.Newline) && this.is(2, t.LeftBrace));
  }

  private quantifier(word: string): StateExpectation['kind'] {
    if (word === 'sometimes' || word === 'always' || word === 'eventually') return word;
    return 'never';
  }

  /** Whether the expectation has a `leads to` in it. */
  private saysLeadsTo(): boolean {
    for (let ahead = 1; ; ahead += 1) {
      if (this.is(ahead, t.Leads) && this.is(ahead + 1, t.To)) return ahead > 1;
      const { tokenType } = this.LA(ahead);
      if ([t.Newline, t.Semicolon, t.RightBrace, EOF].includes(tokenType)) return false;
    }
  }
}

type StateExpectation = Extract<
  ast.Expect['what'],
  { readonly kind: 'sometimes' | 'always' | 'never' | 'eventually' }
>;
type LeadsTo = Extract<ast.Expect['what'], { readonly kind: 'leads-to' }>;
type FindingExpectation = Extract<ast.Expect['what'], { readonly kind: 'finding' }>;
