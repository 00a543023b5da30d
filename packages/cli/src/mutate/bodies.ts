// SPDX-License-Identifier: MIT
/** The procs and threads of a file, and every list of statements in them. */

import type {
  Block,
  Definition,
  File,
  Param,
  ProfileItem,
  ScenarioItem,
  Statement,
} from '@hmmlab/dsl';

/** Code that can be changed: a proc, a verb or a thread. */
export interface Body {
  readonly name: string;
  readonly params: readonly Param[];
  readonly block: Block;
}

/** Statements that follow each other; `block`: between braces, where one can be missing. */
export interface StatementList {
  readonly statements: readonly Statement[];
  readonly block: boolean;
}

/** Procs and verbs of the file, at its top level, in profiles and in scenarios. */
export function procsOf(file: File): readonly Body[] {
  return file.items.flatMap((item): readonly Body[] => {
    switch (item.kind) {
      case 'profile':
        return item.items.flatMap(bodyOf);
      case 'scenario':
        return item.items.flatMap(bodyOf);
      case 'use':
      case 'import':
        return [];
      default:
        return bodyOf(item);
    }
  });
}

/** The threads of its scenarios. */
export function threadsOf(file: File): readonly Body[] {
  return file.items.flatMap((item) =>
    item.kind === 'scenario'
      ? item.items.flatMap((each) =>
          each.kind === 'thread' ? [{ name: each.name.name, params: [], block: each.body }] : [],
        )
      : [],
  );
}

function bodyOf(item: Definition | ProfileItem | ScenarioItem): readonly Body[] {
  switch (item.kind) {
    case 'replace':
      return bodyOf(item.definition);
    case 'proc':
      return [{ name: item.name.name, params: item.params, block: item.body }];
    case 'verb': {
      const name = item.words.map((word) => word.name).join(' ');
      return [{ name, params: item.params, block: item.body }];
    }
    default:
      return [];
  }
}

/** Outer lists before inner ones; what stands alone after `if (...)` and the like is a list of one. */
export function statementLists(statement: Statement): readonly StatementList[] {
  switch (statement.kind) {
    case 'block':
      return [
        { statements: statement.statements, block: true },
        ...statement.statements.flatMap(innerLists),
      ];
    default:
      return [{ statements: [statement], block: false }, ...innerLists(statement)];
  }
}

function innerLists(statement: Statement): readonly StatementList[] {
  switch (statement.kind) {
    case 'block':
      return statementLists(statement);
    case 'if':
      return [
        ...statementLists(statement.then),
        ...(statement.else === null ? [] : statementLists(statement.else)),
      ];
    case 'while':
    case 'do-while':
    case 'for':
    case 'for-each':
    case 'atomic':
      return statementLists(statement.body);
    case 'unreached':
      return statementLists(statement.statement);
    case 'await':
      return [
        ...(statement.body === null ? [] : statementLists(statement.body)),
        ...statement.or.flatMap(({ body }) => statementLists(body)),
      ];
    case 'either':
      return statement.branches.flatMap(statementLists);
    case 'local':
    case 'expression':
    case 'command':
    case 'break':
    case 'continue':
    case 'goto':
    case 'label':
    case 'return':
    case 'empty':
      return [];
  }
}

/** Names that mean something only inside the body: parameters, and what is declared in it. */
export function localNames({ params, block }: Body): ReadonlySet<string> {
  const declared = statementLists(block).flatMap(({ statements }) => statements.flatMap(declares));
  return new Set([...params.map(({ name }) => name.name), ...declared]);
}

function declares(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'local':
      return statement.declarators.map(({ name }) => name.name);
    case 'for':
      return statement.init === null ? [] : declares(statement.init);
    case 'for-each':
      return [statement.name.name];
    default:
      return [];
  }
}
