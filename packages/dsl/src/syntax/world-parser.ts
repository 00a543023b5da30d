// SPDX-License-Identifier: MIT
/** What a scenario's world is made of. */

import type * as ast from './ast.ts';
import { DefinitionParser } from './definition-parser.ts';
import type { Rule } from './parser-base.ts';
import * as t from './tokens.ts';

/** Items of a scenario that end with their line. */
type WorldItem = Exclude<
  ast.ScenarioItem,
  ast.Definition | ast.Use | ast.ThreadDef | ast.Expect | SearchItem
>;

/** Items that say which schedules are searched. */
export type SearchItem = ast.BoundDef | ast.Assume | ast.Pin | ast.Sample;

export abstract class WorldParser extends DefinitionParser {
  protected readonly worldItem: Rule<WorldItem> = this.define('worldItem', () => {
    const item = this.choose<WorldItem>(
      0,
      [
        { ALT: () => this.SUBRULE(this.worldMm) },
        { ALT: () => this.SUBRULE(this.worldVma) },
        { ALT: () => this.SUBRULE(this.worldDevice) },
        { ALT: () => this.SUBRULE(this.worldRange) },
        { ALT: () => this.SUBRULE(this.pool) },
        { ALT: () => this.SUBRULE(this.invariant) },
        { ALT: () => this.SUBRULE(this.allow) },
        { ALT: () => this.SUBRULE(this.tags) },
        { ALT: () => this.SUBRULE(this.check) },
        {
          GATE: () => this.is(1, t.TypeWord),
          ALT: () => this.SUBRULE(this.worldVariable),
        },
      ],
      'a world, a thread, a definition or an expectation',
    );
    this.SUBRULE(this.statementEnd);
    return item;
  });

  protected readonly worldVariable: Rule<ast.WorldVariable> = this.define('worldVariable', () => {
    const [doc, start] = [this.doc(), this.begin()];
    const type = this.SUBRULE(this.type);
    const declarators = this.SUBRULE(this.declarators, { ARGS: [type] });
    const guardedBy = this.OPTION(() => this.SUBRULE(this.guardedBy)) ?? null;
    const heldBy = this.OPTION2(() => this.SUBRULE(this.heldBy)) ?? null;
    const holds = this.OPTION3(() => this.SUBRULE(this.heldCounter)) ?? null;
    const suffixes = { guardedBy, heldBy, holds };
    return {
      kind: 'world-variable',
      doc,
      type,
      declarators,
      ...suffixes,
      start,
      end: this.finish(),
    };
  });

  protected readonly worldMm: Rule<ast.WorldMm> = this.define('worldMm', () => {
    const [doc, start] = [this.doc(), this.begin()];
    this.CONSUME(t.Mm);
    return { kind: 'world-mm', doc, names: this.SUBRULE(this.names), start, end: this.finish() };
  });

  protected readonly worldVma: Rule<ast.WorldVma> = this.define('worldVma', () => {
    const [doc, start] = [this.doc(), this.begin()];
    this.CONSUME(t.Vma);
    const name = this.SUBRULE(this.identifier);
    this.CONSUME(t.On);
    const on = this.SUBRULE2(this.identifier);
    this.CONSUME(t.Colon);
    const pages = this.SUBRULE(this.expression);
    this.choose(
      0,
      [{ ALT: () => this.CONSUME(t.Pages) }, { ALT: () => this.CONSUME(t.Page) }],
      '`pages`',
    );
    const attributes: ast.Ident[] = [];
    this.MANY(() => attributes.push(this.SUBRULE3(this.identifier)));
    return { kind: 'world-vma', doc, name, on, pages, attributes, start, end: this.finish() };
  });

  protected readonly worldDevice: Rule<ast.WorldDevice> = this.define('worldDevice', () => {
    const [doc, start] = [this.doc(), this.begin()];
    this.CONSUME(t.Device);
    const name = this.SUBRULE(this.identifier);
    this.CONSUME(t.Mirrors);
    const mirrors = this.SUBRULE2(this.identifier);
    return { kind: 'world-device', doc, name, mirrors, start, end: this.finish() };
  });

  protected readonly worldRange: Rule<ast.WorldRange> = this.define('worldRange', () => {
    const [doc, start] = [this.doc(), this.begin()];
    this.CONSUME(t.Range);
    const name = this.SUBRULE(this.identifier);
    this.CONSUME(t.On);
    const on = this.SUBRULE2(this.identifier);
    this.CONSUME(t.Colon);
    const pages = this.SUBRULE(this.postfix);
    return { kind: 'world-range', doc, name, on, pages, start, end: this.finish() };
  });

  protected readonly pool: Rule<ast.Pool> = this.define('pool', () => {
    const [doc, start] = [this.doc(), this.begin()];
    this.CONSUME(t.Pool);
    this.CONSUME(t.Struct);
    const struct = this.SUBRULE(this.identifier);
    this.CONSUME(t.Colon);
    const capacity = this.SUBRULE(this.expression);
    return { kind: 'pool', doc, struct, capacity, start, end: this.finish() };
  });

  protected readonly invariant: Rule<ast.InvariantDef> = this.define('invariant', () => {
    const [doc, start] = [this.doc(), this.begin()];
    this.CONSUME(t.Invariant);
    const condition = this.SUBRULE(this.expression);
    return { kind: 'invariant', doc, condition, start, end: this.finish() };
  });

  protected readonly allow: Rule<ast.Allow> = this.define('allow', () => {
    const start = this.begin();
    this.CONSUME(t.Allow);
    return { kind: 'allow', names: this.SUBRULE(this.names), start, end: this.finish() };
  });

  protected readonly tags: Rule<ast.Tags> = this.define('tags', () => {
    const start = this.begin();
    this.CONSUME(t.Tags);
    return { kind: 'tags', names: this.SUBRULE(this.names), start, end: this.finish() };
  });

  protected readonly check: Rule<ast.Check> = this.define('check', () => {
    const start = this.begin();
    this.CONSUME(t.Check);
    const no = this.OPTION({
      GATE: () => this.is(2, t.Identifier),
      DEF: () => this.CONSUME(t.No),
    });
    const names = this.SUBRULE(this.names);
    return { kind: 'check', negated: no !== undefined, names, start, end: this.finish() };
  });

  protected readonly names: Rule<readonly ast.Ident[]> = this.define('names', () => {
    const found: ast.Ident[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => found.push(this.SUBRULE(this.identifier)),
      ERR_MSG: 'a name',
    });
    return found;
  });
}
