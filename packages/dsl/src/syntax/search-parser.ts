// SPDX-License-Identifier: MIT
/** What a scenario says about the schedules that are searched: bounds, assumptions, a beginning, samples. */

import type * as ast from './ast.ts';
import type { Rule } from './parser-base.ts';
import * as t from './tokens.ts';
import type { SearchItem } from './world-parser.ts';
import { WorldParser } from './world-parser.ts';

export abstract class SearchParser extends WorldParser {
  protected readonly searchItem: Rule<SearchItem> = this.define('searchItem', () => {
    const item = this.choose<SearchItem>(0, [
      { ALT: () => this.SUBRULE(this.bound) },
      { ALT: () => this.SUBRULE(this.assume) },
      { ALT: () => this.SUBRULE(this.pin) },
      { ALT: () => this.SUBRULE(this.sample) },
    ]);
    this.SUBRULE(this.statementEnd);
    return item;
  });

  protected readonly bound: Rule<ast.BoundDef> = this.define('bound', () => {
    const start = this.begin();
    this.CONSUME(t.Bound);
    return { kind: 'bound', terms: this.SUBRULE(this.boundTerms), start, end: this.finish() };
  });

  /** `preemptions 2, steps 40` */
  protected readonly boundTerms: Rule<readonly ast.BoundTerm[]> = this.define('boundTerms', () => {
    const terms: ast.BoundTerm[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => terms.push(this.SUBRULE(this.boundTerm)),
      ERR_MSG: '`preemptions` or another bound',
    });
    return terms;
  });

  protected readonly boundTerm: Rule<ast.BoundTerm> = this.define('boundTerm', () => {
    const start = this.begin();
    const name = this.SUBRULE(this.identifier);
    const value = this.OPTION({
      GATE: () => !this.is(1, t.Under),
      DEF: () => this.SUBRULE(this.expression),
    });
    return { kind: 'bound-term', name, value: value ?? null, start, end: this.finish() };
  });

  protected readonly assume: Rule<ast.Assume> = this.define('assume', () => {
    const start = this.begin();
    this.CONSUME(t.Assume);
    const first = this.SUBRULE(this.postfix);
    this.CONSUME(t.Before);
    const second = this.SUBRULE2(this.postfix);
    return { kind: 'assume', first, second, start, end: this.finish() };
  });

  protected readonly pin: Rule<ast.Pin> = this.define('pin', () => {
    const start = this.begin();
    this.CONSUME(t.Schedule);
    const steps: ast.PinStep[] = [];
    const code = this.choose<ast.StringLit | null>(
      0,
      [
        { GATE: () => this.is(1, t.Str), ALT: () => this.SUBRULE(this.stringLiteral) },
        {
          ALT: () => {
            this.AT_LEAST_ONE_SEP({
              SEP: t.Comma,
              DEF: () => steps.push(this.SUBRULE(this.pinStep)),
              ERR_MSG: 'a thread',
            });
            return null;
          },
        },
      ],
      'a thread, or the code of a schedule in quotes',
    );
    return { kind: 'schedule', code, steps, start, end: this.finish() };
  });

  /** `A`, `reader[1]*3`, `A timeout`, `A way 2` */
  protected readonly pinStep: Rule<ast.PinStep> = this.define('pinStep', () => {
    const start = this.begin();
    const thread = this.SUBRULE(this.postfix);
    const way = this.OPTION(() => {
      this.CONSUME(t.Way);
      return this.SUBRULE2(this.postfix);
    });
    const environment = this.OPTION2(() => this.SUBRULE(this.identifier));
    const count = this.OPTION3(() => {
      this.CONSUME(t.Star);
      return this.SUBRULE3(this.postfix);
    });
    return {
      kind: 'pin-step',
      thread,
      way: way ?? null,
      environment: environment ?? null,
      count: count ?? null,
      start,
      end: this.finish(),
    };
  });

  protected readonly sample: Rule<ast.Sample> = this.define('sample', () => {
    const start = this.begin();
    this.CONSUME(t.Sample);
    const runs = this.SUBRULE(this.expression);
    const seed = this.OPTION(() => {
      this.CONSUME(t.Seed);
      return this.SUBRULE2(this.expression);
    });
    return { kind: 'sample', runs, seed: seed ?? null, start, end: this.finish() };
  });
}
