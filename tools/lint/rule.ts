// The types of lint rules. oxlint exports them only through the parameters of its tester.
import type { RuleTester } from 'oxlint/plugins-dev';

export type Rule = Parameters<RuleTester['run']>[1];

type Visitor = ReturnType<Extract<Rule, { create: (...args: never) => unknown }>['create']>;
type NodeOf<Kind extends keyof Visitor> = Parameters<NonNullable<Visitor[Kind]>>[0];

/** What stands behind `from` or inside `import(...)`. */
export type ImportSource = NodeOf<'ImportExpression'>['source'];
