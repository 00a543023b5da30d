// SPDX-License-Identifier: MIT
/** Definitions: enums, structs, interfaces, procs, verbs and what world words mean. */

import type * as ast from './ast.ts';
import type { Rule } from './parser-base.ts';
import { StatementParser } from './statement-parser.ts';
import { intValue } from './literals.ts';
import * as t from './tokens.ts';

/** A definition is told the doc comment above it, which may stand above a word before it. */
type DocRule<T> = Rule<T, [doc: string | null]>;

export abstract class DefinitionParser extends StatementParser {
  protected readonly definition: DocRule<ast.Definition> = this.define(
    'definition',
    (doc: string | null) =>
      this.choose<ast.Definition>(
        0,
        [
          { ALT: () => this.SUBRULE(this.constDef, { ARGS: [doc] }) },
          { ALT: () => this.SUBRULE(this.enumDef, { ARGS: [doc] }) },
          { ALT: () => this.SUBRULE(this.structDef, { ARGS: [doc] }) },
          { ALT: () => this.SUBRULE(this.opsDef, { ARGS: [doc] }) },
          { ALT: () => this.SUBRULE(this.procDef, { ARGS: [doc] }) },
          { ALT: () => this.SUBRULE(this.verbDef, { ARGS: [doc] }) },
          { ALT: () => this.SUBRULE(this.worldDef, { ARGS: [doc] }) },
        ],
        'a definition',
      ),
  );

  protected readonly constDef: DocRule<ast.ConstDef> = this.define(
    'constDef',
    (doc: string | null) => {
      const start = this.begin();
      this.CONSUME(t.Const);
      const name = this.SUBRULE(this.identifier);
      this.CONSUME(t.Equals);
      const value = this.SUBRULE(this.expression);
      const end = this.finish();
      this.SUBRULE(this.statementEnd);
      return { kind: 'const', doc, name, value, start, end };
    },
  );

  protected readonly enumDef: DocRule<ast.EnumDef> = this.define(
    'enumDef',
    (doc: string | null) => {
      const start = this.begin();
      this.CONSUME(t.Enum);
      const name = this.SUBRULE(this.identifier);
      this.SUBRULE(this.openBrace);
      const members: ast.Ident[] = [];
      this.AT_LEAST_ONE({
        DEF: () => {
          members.push(this.SUBRULE2(this.identifier));
          this.SUBRULE(this.listComma);
        },
        ERR_MSG: 'a name',
      });
      this.CONSUME(t.RightBrace);
      return { kind: 'enum', doc, name, members, start, end: this.finish() };
    },
  );

  protected readonly structDef: DocRule<ast.StructDef> = this.define(
    'structDef',
    (doc: string | null) => {
      const start = this.begin();
      this.CONSUME(t.Struct);
      const name = this.SUBRULE(this.identifier);
      this.SUBRULE(this.openBrace);
      const fields = this.elements('struct', () => this.SUBRULE(this.field));
      this.CONSUME(t.RightBrace);
      return { kind: 'struct', doc, name, fields, start, end: this.finish() };
    },
  );

  /** `pte table[NR_PAGES] mirrors mm->ptes owed pending`, `kref mm_users held_by hmm_range.hmm.mm`, `mm_struct *mm holds mm_users` */
  protected readonly field: Rule<ast.Field> = this.define('field', () => {
    const doc = this.doc();
    const start = this.begin();
    const type = this.SUBRULE(this.type);
    const declarators = this.SUBRULE(this.declarators, { ARGS: [type] });
    const mirrors = this.OPTION(() => {
      this.CONSUME(t.Mirrors);
      return this.SUBRULE(this.fieldPath);
    });
    const owed = this.OPTION2(() => {
      this.CONSUME(t.Owed);
      return this.SUBRULE(this.identifier);
    });
    const guardedBy = this.OPTION3(() => this.SUBRULE(this.guardedBy)) ?? null;
    const heldBy = this.OPTION4(() => this.SUBRULE(this.heldBy)) ?? null;
    const holds = this.OPTION5(() => this.SUBRULE(this.heldCounter)) ?? null;
    const end = this.finish();
    this.SUBRULE(this.statementEnd);
    const suffixes = { mirrors: mirrors ?? null, owed: owed ?? null, guardedBy, heldBy, holds };
    return { kind: 'field', doc, type, declarators, ...suffixes, start, end };
  });

  /** `held_by process, hmm_range.hmm.mm, thread` */
  protected readonly heldBy: Rule<readonly ast.Holder[]> = this.define('heldBy', () => {
    const holders: ast.Holder[] = [];
    this.CONSUME(t.HeldBy);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => holders.push(this.SUBRULE(this.holder)),
      ERR_MSG: 'who holds it',
    });
    return holders;
  });

  protected readonly holder: Rule<ast.Holder> = this.define('holder', () => {
    const start = this.begin();
    const who = this.choose<ast.Holder['who']>(
      0,
      [
        {
          ALT: () => {
            this.CONSUME(t.Thread);
            return { sort: 'thread' };
          },
        },
        { ALT: () => ({ sort: 'number', count: intValue(this.CONSUME(t.Int).image) ?? 0 }) },
        { ALT: () => this.SUBRULE(this.holderPath) },
      ],
      'who holds it',
    );
    return { kind: 'holder', who, start, end: this.finish() };
  });

  /** `hmm_range.hmm.mm`, `struct file.f_inode`, `mm_struct.ptes of pfn` */
  protected readonly holderPath: Rule<Extract<ast.Holder['who'], { sort: 'path' }>> = this.define(
    'holderPath',
    () => {
      const tagged = this.OPTION({
        GATE: () => this.is(2, t.Identifier),
        DEF: () => this.CONSUME(t.Struct),
      });
      const path = [this.SUBRULE(this.identifier)];
      this.MANY(() => {
        this.CONSUME(t.Dot);
        path.push(this.SUBRULE2(this.identifier));
      });
      const pfn = this.OPTION2(() => {
        this.CONSUME(t.Of);
        return this.SUBRULE3(this.identifier);
      });
      return { sort: 'path', tagged: tagged !== undefined, path, pfn: pfn ?? null };
    },
  );

  /** `holds mm_users` */
  protected readonly heldCounter: Rule<ast.Ident> = this.define('heldCounter', () => {
    this.CONSUME(t.Holds);
    return this.SUBRULE(this.identifier);
  });

  /** `guarded_by(mm->mmap_sem)` */
  protected readonly guardedBy: Rule<readonly ast.Ident[]> = this.define('guardedBy', () => {
    this.CONSUME(t.GuardedBy);
    this.CONSUME(t.LeftRound);
    const path = this.SUBRULE(this.fieldPath);
    this.CONSUME(t.RightRound);
    return path;
  });

  /** `mm->ptes`, `a.b->c` */
  protected readonly fieldPath: Rule<readonly ast.Ident[]> = this.define('fieldPath', () => {
    const path = [this.SUBRULE(this.identifier)];
    this.MANY(() => {
      this.choose(0, [{ ALT: () => this.CONSUME(t.Arrow) }, { ALT: () => this.CONSUME(t.Dot) }]);
      path.push(this.SUBRULE2(this.identifier));
    });
    return path;
  });

  /** An interface, or a constant table of one. */
  protected readonly opsDef: DocRule<ast.OpsDef | ast.OpsTableDef> = this.define(
    'opsDef',
    (doc: string | null) => {
      const start = this.begin();
      this.CONSUME(t.Ops);
      const name = this.SUBRULE(this.identifier);
      return this.choose<ast.OpsDef | ast.OpsTableDef>(
        0,
        [
          {
            ALT: () => {
              const table = this.SUBRULE2(this.identifier);
              this.CONSUME(t.Equals);
              const entries = this.SUBRULE(this.opsEntries);
              return {
                kind: 'ops-table',
                doc,
                ops: name,
                name: table,
                entries,
                start,
                end: this.finish(),
              };
            },
          },
          {
            ALT: () => {
              this.SUBRULE(this.openBrace);
              const slots = this.elements('ops', () => this.SUBRULE(this.opsSlot));
              this.CONSUME(t.RightBrace);
              return { kind: 'ops', doc, name, slots, start, end: this.finish() };
            },
          },
        ],
        '`{` or the name of a table',
      );
    },
  );

  protected readonly opsEntries: Rule<ast.OpsTableDef['entries']> = this.define(
    'opsEntries',
    () => {
      const entries: { readonly slot: ast.Ident; readonly proc: ast.Ident }[] = [];
      this.CONSUME(t.LeftBrace);
      this.MANY(() => {
        const slot = this.SUBRULE(this.identifier);
        this.CONSUME(t.Colon);
        entries.push({ slot, proc: this.SUBRULE2(this.identifier) });
        this.SUBRULE(this.listComma);
      });
      this.CONSUME(t.RightBrace);
      return entries;
    },
  );

  protected readonly opsSlot: Rule<ast.OpsSlot> = this.define('opsSlot', () => {
    const start = this.begin();
    const name = this.SUBRULE(this.identifier);
    const params = this.SUBRULE(this.params);
    const result = this.OPTION(() => this.SUBRULE(this.result));
    const end = this.finish();
    this.OPTION2({
      GATE: () => result?.pointer !== true || !this.is(1, t.Identifier),
      DEF: () => this.SUBRULE(this.statementEnd),
    });
    return { kind: 'ops-slot', name, params, result: result ?? null, start, end };
  });

  protected readonly procDef: DocRule<ast.ProcDef> = this.define(
    'procDef',
    (doc: string | null) => {
      const start = this.begin();
      this.CONSUME(t.Proc);
      return this.SUBRULE(this.procRest, { ARGS: [start, doc] });
    },
  );

  /** What follows `proc`, or `replace` without it. */
  protected readonly procRest: Rule<ast.ProcDef, [start: number, doc: string | null]> = this.define(
    'procRest',
    (start: number, doc: string | null) => {
      const name = this.SUBRULE(this.identifier);
      const params = this.SUBRULE(this.params);
      const result = this.OPTION(() => this.SUBRULE(this.result)) ?? null;
      const depth =
        this.OPTION2(() => {
          this.CONSUME(t.Depth);
          return this.SUBRULE(this.expression);
        }) ?? null;
      const body = this.SUBRULE(this.block);
      return { kind: 'proc', doc, name, params, result, depth, body, start, end: this.finish() };
    },
  );

  protected readonly verbDef: DocRule<ast.VerbDef> = this.define(
    'verbDef',
    (doc: string | null) => {
      const start = this.begin();
      this.CONSUME(t.Verb);
      const words: ast.Ident[] = [];
      this.AT_LEAST_ONE({
        DEF: () => words.push(this.SUBRULE(this.identifier)),
        ERR_MSG: 'a name',
      });
      const params = this.SUBRULE(this.params);
      const result = this.OPTION(() => this.SUBRULE(this.result)) ?? null;
      const body = this.SUBRULE(this.block);
      return { kind: 'verb', doc, words, params, result, body, start, end: this.finish() };
    },
  );

  protected readonly worldDef: DocRule<ast.WorldDef> = this.define(
    'worldDef',
    (doc: string | null) => {
      const start = this.begin();
      this.CONSUME(t.World);
      const word = this.SUBRULE(this.identifier);
      const params = this.SUBRULE(this.params);
      const body = this.SUBRULE(this.block);
      return { kind: 'world', doc, word, params, body, start, end: this.finish() };
    },
  );
}
