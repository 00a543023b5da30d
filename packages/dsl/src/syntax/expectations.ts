// SPDX-License-Identifier: MIT
/** The words of syntax errors: what was found, what would fit, one thing to try. */

import type { IParserErrorMessageProvider, IToken } from 'chevrotain';
import { typeAnswer } from '../check/c-words.ts';
import { didYouMean } from '../check/nearest.ts';
import * as t from './tokens.ts';

/** Chevrotain's exceptions carry only the expected part; the rest is put around it where they are caught. */
export const expectedPart: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? expected.name,
  buildNotAllInputParsedMessage: () => 'the end of the file',
  buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? 'something else',
  buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? 'something else',
};

/** How a token is called in a message. */
export function describe(token: IToken | null): string {
  if (token === null) return 'the end of the file';
  if (token.tokenType === t.Newline) return 'the end of the line';
  const { image } = token;
  return `\`${image.length > 32 ? `${image.slice(0, 28)}...` : image}\``;
}

/** What helps inside a rule of the grammar; the innermost rule that has a line gives it. */
const helps: ReadonlyMap<string, string> = new Map([
  ['file', 'a file holds `use`, `import`, profiles, drivers, scenarios and definitions'],
  ['topItem', 'a file holds `use`, `import`, profiles, drivers, scenarios and definitions'],
  ['use', 'write `use linux/5.3, drivers/nouveau/5.3`'],
  ['importFile', 'write `import "./mine.hmm"`'],
  ['profile', 'write `profile NAME extends NAME { ... }` or `driver NAME for CORE, CORE { ... }`'],
  ['profileItem', 'a profile holds definitions, `replace`, `remove NAME` and `rule NAME on`'],
  ['constDef', 'write `const SLOTS = 3`'],
  ['enumDef', 'write `enum colour { RED, GREEN }`'],
  ['structDef', 'write `struct foo { mutex lock; int n in 0..3; bar *next }`'],
  ['heldBy', 'a holder is a field, `STRUCT.FIELD`, a number or `thread`'],
  ['holder', 'a holder is a field, `STRUCT.FIELD`, a number or `thread`'],
  [
    'heldCounter',
    'write `mm_struct *mm holds mm_users`: the counter is a field of what it points to',
  ],
  ['field', 'a field is `TYPE NAME`, as in `int n in 0..3` or `bar *next`'],
  ['guardedBy', 'write `guarded_by(lock)` or `guarded_by(mm->mmap_sem)` behind the name'],
  [
    'opsDef',
    'write `ops name { slot(foo *f) -> int; ... }` or `ops name table = { slot: proc, ... }`',
  ],
  ['procDef', 'write `proc name(int a, foo *p) -> errno { ... }`'],
  ['verbDef', 'write `verb fault range (hmm_range *r) { ... }`'],
  ['worldDef', 'write `world vma (vma *self, mm *m) { ... }`'],
  ['param', 'a parameter is `TYPE NAME`, as in `int n` or `foo *p`'],
  ['declarator', 'write `int n in 0..3 = 1`, `int a[3]` or `struct foo *p = q`'],
  ['scenario', 'write `scenario "title" for x in [1, 2] under ["linux/5.3"] { ... }`'],
  ['scenarioLoop', 'write `for x in [false, true]`'],
  ['under', 'names of worlds are quoted here: `under ["linux/5.2 + drivers/nouveau/5.2"]`'],
  [
    'scenarioItem',
    'statements stand in a `thread`; an instance of a struct is declared `struct foo f`',
  ],
  ['scenarioMode', 'write `skip "why" scenario "title" { ... }` or `todo scenario "title"`'],
  ['tags', 'write `tags slow, vfio`'],
  ['check', 'write `check data_race` or `check no livelock`'],
  ['worldMm', 'write `mm M`'],
  ['worldVma', 'write `vma heap on M: 4 pages rw anon present`'],
  ['worldDevice', 'write `device gpu mirrors M`'],
  ['worldRange', 'write `range R on gpu: heap[0..2)`'],
  ['pool', 'write `pool struct foo: 4`'],
  ['thread', 'write `thread A: statement; statement` on one line, or `thread A { ... }`'],
  ['lineBody', 'write `thread A: statement; statement` on one line, or `thread A { ... }`'],
  [
    'expect',
    'write `expect holds`, `expect never x == 0` or `expect deadlock on lock in A at proc`',
  ],
  ['expectLeadsTo', 'write `expect asked leads to answered`'],
  [
    'searchItem',
    'write `bound preemptions 2`, `assume A.here before B.there`, `schedule A*3, B` or `sample 100`',
  ],
  ['bound', 'write `bound preemptions 2`'],
  ['within', 'write `expect holds within preemptions 2`'],
  [
    'assume',
    'write `assume A.here before B.there`, with labels `here:` and `there:` in the threads',
  ],
  ['pin', 'write `schedule A*3, B, A timeout` or `schedule "h1:..."`'],
  ['sample', 'write `sample 1000 seed 1`'],
  ['doLoop', 'write `do { ... } while (condition)`, with `while` on the line of the `}`'],
  ['ifStatement', 'write `if (condition) statement`'],
  ['whileLoop', 'write `while (condition) statement`'],
  ['forLoop', 'write `for (int i = 0; i < n; i++)` or `for (struct foo *f in list)`'],
  ['either', 'write `either { ... } or { ... }`'],
  ['awaitStatement', 'write `await condition` or `await condition { ... }`'],
  ['choice', 'write `choose(0..3)` or `choose(a, b, c)`'],
  ['gotoStatement', 'write `goto label`'],
  ['command', 'an item of a command that is more than `a->b[c]` stands in parentheses'],
  [
    'statementEnd',
    'a statement ends with `;` or its line; in a command `-1` and the like stand in parentheses',
  ],
  ['statement', 'a statement is a declaration, an assignment, a call, a command or control flow'],
  ['value', 'the right side of `=` is an expression, or a command such as `fault range R`'],
  ['expression', 'an operand is a name, a number, a call, or an expression in parentheses'],
]);

/** Items that end like statements, and whose line tells more than that. */
const whole: ReadonlySet<string> = new Set(['expect', 'searchItem', 'check']);

const kinds =
  'int bool errno pte seq mutex rwsem spinlock wait_queue completion kref work workqueue list frames'.split(
    ' ',
  );
const items =
  'thread daemon expect invariant allow pool vma device range bound sample assume schedule check tags'.split(
    ' ',
  );
const definitions = ['const', 'enum', 'struct', 'ops', 'proc', 'verb', 'world'];

/** Words that begin what these rules read. */
const beginnings: ReadonlyMap<string, readonly string[]> = new Map([
  ['topItem', [...definitions, 'use', 'import', 'profile', 'driver', 'scenario']],
  ['profileItem', [...definitions, 'replace', 'remove', 'rule', 'use']],
  ['scenarioItem', [...definitions, ...kinds, ...items]],
]);

/** The innermost rule with a line; what follows an item of a scenario is not about the ends of statements. */
function helpingRule(rules: readonly string[]): string | undefined {
  const inner = rules.findLast((rule) => helps.has(rule));
  const outer = rules.at(-2) ?? '';
  return inner === 'statementEnd' && whole.has(outer) ? outer : inner;
}

/** The help line for an error inside these rules, outermost first. */
export function helpFor(found: IToken | null, expected: string, rules: readonly string[]): string {
  if (found !== null && expected === 'a name' && t.isA(found, t.Reserved))
    return `\`${found.image}\` is a reserved word; choose another name`;
  if (found !== null && t.isA(found, t.StepOperator))
    return `\`${found.image}\` is a statement of its own: \`x${found.image}\``;
  if (expected === '`)`') return 'an operator, a comma or the `)` is missing before this';
  if (found !== null && typeAnswer(found.image) !== null) return typeAnswer(found.image) ?? '';
  const helping = helpingRule(rules);
  const words = beginnings.get(helping ?? '') ?? [];
  const meant =
    found !== null && t.isA(found, t.Identifier) ? didYouMean(found.image, words) : null;
  if (meant !== null) return meant;
  return helps.get(helping ?? 'file') ?? '';
}
