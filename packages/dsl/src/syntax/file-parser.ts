// SPDX-License-Identifier: MIT
/** Files, profiles and drivers: the top of the grammar. */

import { EOF } from 'chevrotain';
import type * as ast from './ast.ts';
import { mostFailures, type Rule } from './parser-base.ts';
import type { SyntaxProblem } from './problem.ts';
import { ScenarioParser } from './scenario-parser.ts';
import * as t from './tokens.ts';

interface Parsed {
  /** Null if anything failed. */
  readonly file: ast.File | null;
  readonly problems: readonly SyntaxProblem[];
  /** Whether the parser went on to the end of the file. */
  readonly complete: boolean;
}

class FileParser extends ScenarioParser {
  readonly file: Rule<ast.File, [length: number]> = this.define('file', (length: number) => {
    const items: ast.TopItem[] = [];
    if (this.RECORDING_PHASE) items.push(this.SUBRULE(this.topItem));
    else
      while (this.LA(1).tokenType !== EOF) {
        if (this.is(1, t.Newline) || this.is(1, t.Semicolon)) this.SKIP_TOKEN();
        else this.attempt('file', () => this.SUBRULE(this.topItem), items);
      }
    return { kind: 'file', items, start: 0, end: length };
  });

  protected readonly topItem: Rule<ast.TopItem> = this.define('topItem', () => {
    const doc = this.doc();
    return this.choose<ast.TopItem>(
      0,
      [
        { ALT: () => this.SUBRULE(this.use) },
        { ALT: () => this.SUBRULE(this.importFile) },
        { ALT: () => this.SUBRULE(this.profile) },
        { ALT: () => this.SUBRULE(this.scenario) },
        { ALT: () => this.SUBRULE(this.definition, { ARGS: [doc] }) },
      ],
      'a scenario, a definition, a profile, `use` or `import`',
    );
  });

  protected readonly importFile: Rule<ast.Import> = this.define('importFile', () => {
    const start = this.begin();
    this.CONSUME(t.Import);
    const path = this.SUBRULE(this.stringLiteral);
    this.SUBRULE(this.statementEnd);
    return { kind: 'import', path, start, end: path.end };
  });

  protected readonly profile: Rule<ast.Profile> = this.define('profile', () => {
    const [doc, start] = [this.doc(), this.begin()];
    const sort = this.choose<ast.Profile['sort']>(0, [
      {
        ALT: () => {
          this.CONSUME(t.Profile);
          return 'profile';
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Driver);
          return 'driver';
        },
      },
    ]);
    const name = this.SUBRULE(this.profileName);
    const cores = this.OPTION({
      GATE: () => sort === 'driver',
      DEF: () => {
        this.CONSUME(t.For);
        return this.SUBRULE(this.profileNames);
      },
    });
    if (sort === 'driver' && cores === undefined && !this.RECORDING_PHASE)
      this.failExpecting(
        '`for`',
        'a driver says which cores it fits: `driver NAME for linux/5.3 { ... }`',
      );
    const base = this.OPTION2(() => {
      this.CONSUME(t.Extends);
      return this.SUBRULE2(this.profileName);
    });
    this.SUBRULE(this.openBrace);
    const items = this.elements('profile', () => this.SUBRULE(this.profileItem));
    this.CONSUME(t.RightBrace);
    const head = {
      kind: 'profile',
      doc,
      sort,
      name,
      extends: base ?? null,
      for: cores ?? [],
    } as const;
    return { ...head, items, start, end: this.finish() };
  });

  protected readonly profileItem: Rule<ast.ProfileItem> = this.define('profileItem', () => {
    const doc = this.doc();
    return this.choose<ast.ProfileItem>(
      0,
      [
        { ALT: () => this.SUBRULE(this.definition, { ARGS: [doc] }) },
        { ALT: () => this.SUBRULE(this.replace) },
        { ALT: () => this.SUBRULE(this.remove) },
        { ALT: () => this.SUBRULE(this.rule) },
        { ALT: () => this.SUBRULE(this.use) },
      ],
      'a definition, `replace`, `remove`, `rule` or `use`',
    );
  });

  /** `replace` and a definition; a proc may leave its `proc` out. */
  protected readonly replace: Rule<ast.Replace> = this.define('replace', () => {
    const [doc, start] = [this.doc(), this.begin()];
    this.CONSUME(t.Replace);
    const bare = this.begin();
    const definition = this.choose<ast.Definition>(
      0,
      [
        {
          GATE: () => this.is(2, t.LeftRound),
          ALT: () => this.SUBRULE(this.procRest, { ARGS: [bare, doc] }),
        },
        { ALT: () => this.SUBRULE(this.definition, { ARGS: [doc] }) },
      ],
      'a definition',
    );
    return { kind: 'replace', definition, start, end: this.finish() };
  });

  /** `remove` and a name, or the words of a verb. */
  protected readonly remove: Rule<ast.Remove> = this.define('remove', () => {
    const start = this.begin();
    this.CONSUME(t.Remove);
    const words: ast.Ident[] = [];
    this.AT_LEAST_ONE({
      DEF: () => words.push(this.SUBRULE(this.identifier)),
      ERR_MSG: 'a name',
    });
    this.SUBRULE(this.statementEnd);
    return { kind: 'remove', words, start, end: words.at(-1)?.end ?? start };
  });

  protected readonly rule: Rule<ast.Rule> = this.define('rule', () => {
    const start = this.begin();
    this.CONSUME(t.Rule);
    const name = this.SUBRULE(this.identifier);
    const value = this.SUBRULE2(this.identifier);
    this.SUBRULE(this.statementEnd);
    return { kind: 'rule', name, value, start, end: value.end };
  });

  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** Parses a whole file. */
  run(tokens: readonly t.Token[], docs: ReadonlyMap<number, string>, length: number): Parsed {
    this.docs = docs;
    this.problems = [];
    this.failures = 0;
    this.afterFailure = false;
    this.input = [...tokens];
    const file = this.file(length);
    const result = {
      file: this.failures === 0 ? file : null,
      problems: this.problems,
      complete: this.failures < mostFailures,
    };
    this.docs = new Map();
    this.problems = [];
    this.input = [];
    return result;
  }
}

let shared: FileParser | null = null;

/** The one parser; it is built when first needed and keeps nothing between files. */
export function fileParser(): FileParser {
  shared ??= new FileParser();
  return shared;
}
