// SPDX-License-Identifier: MIT
/** Habits of C in declarations, control flow and expressions. */

import type { Habit } from './habit.ts';
import { say } from './habit.ts';

// table
/** In order: the first that matches answers. */
export const statementHabits: readonly Habit[] = [
  // ------------------------------------------------------------- what is no statement
  {
    in: ['body'],
    is: /^(expect|invariant|thread|daemon thread|scenario|proc) ["\w]/,
    begins: true,
    message: ([, word]) => `\`${word ?? ''}\` stands outside of threads and procs`,
    help: say(
      'put it behind the thread, on a line of its own: `thread A: ...` goes on to the end of its line',
    ),
  },
  // ------------------------------------------------------------- declarations
  {
    is: /\* @\* /,
    message: say('there are no pointers to pointers'),
    help: say('put the pointer into a struct, and hand on a pointer to that'),
  },
  {
    in: ['body', 'struct', 'scenario'],
    is: /^(?:const )?void \* /,
    begins: true,
    message: say('a pointer says what it points to'),
    help: say('write `struct foo *p`'),
  },
  {
    in: ['body', 'struct'],
    is: /^(static|const|volatile|register|extern|auto) /,
    begins: true,
    message: ([, word]) => `\`${word ?? ''}\` means nothing here`,
    help: ([, word]) =>
      word === 'static'
        ? 'leave it out; what outlives the call is declared in the scenario'
        : 'leave it out; a constant is declared outside: `const N = 3`',
  },
  {
    in: ['body', 'scenario', 'struct'],
    is: /^((?:\w+ )+(?:\* )?)(\w+) \[ @\](?: = \{ ([^{}]*?)(?: ,)? \})?/,
    message: say('an array says how long it is'),
    help: ([, type, name, values]) =>
      `write \`${arrayOf(type ?? '', name ?? '', values ?? '')}\` in the scenario or in a struct`,
  },
  {
    in: ['body', 'scenario', 'struct'],
    is: /= \{ (?:.* , )?@[.[] ?(\w+)/,
    message: say('start values have no names'),
    help: say('assign each field: `f.n = 1`; those of an array stand in its order: `= { 1, 2 }`'),
  },
  {
    in: ['body'],
    is: /= @\{/,
    message: say('a list is no value'),
    help: say('assign each field or element: `f.n = 1`, `a[0] = 1`'),
  },
  {
    in: ['body'],
    is: /^(?!return|goto|if|while|for|do|expect)(\w+) (\w+) @= /,
    begins: true,
    message: ([, type]) => `\`${type ?? ''}\` begins no declaration`,
    help: ([, , name]) =>
      `write \`int ${name ?? ''} = ...\`; a declaration begins with a built-in type, \`struct\` or \`enum\``,
  },
  // ------------------------------------------------------------- control flow
  {
    is: /^(?:switch|case) /,
    begins: true,
    message: say('there is no `switch`'),
    help: say('write `if (x == A) { ... } else if (x == B) { ... }`'),
  },
  {
    is: /^(?:elif|elseif|elsif|elsfif) /,
    begins: true,
    message: ([text]) => `there is no \`${text ?? ''}\``,
    help: say('write `else if (condition)`'),
  },
  {
    is: /^if \(.*\) then /,
    message: say('there is no `then`'),
    help: say('write `if (condition) statement`'),
  },
  {
    is: /^(?:list|hlist)_for_each_entry(_safe)?(?:_rcu|_reverse|_continue)? \( (\w+) , (?:\w+ , )??(?:& )?([\w.\-> ]+?) , \w+ \)/,
    begins: true,
    message: say('a list is walked with `for`'),
    help: ([, safe, name, list]) =>
      `write \`for (struct foo *${name ?? ''}${safe ? ', *next' : ''} in ${list ?? ''})\`, foo being the struct of the entries`,
  },
  {
    is: /^if .*[\w\]] @(?:=|[-+*/%|&^]=|<<=|>>=) /,
    message: say('an assignment is a statement of its own'),
    help: (_, { operand }) => `write \`==\` to compare, or \`${operand} = ...\` before the \`if\``,
  },
  {
    is: /^(?:while|do) .*[\w\]] @(?:=|[-+*/%|&^]=|<<=|>>=) /,
    message: say('an assignment is a statement of its own'),
    help: (_, { operand }) =>
      `write \`==\` to compare, or \`${operand} = ...\` before the loop and at the end of its body`,
  },
  {
    is: /^for \(.*@,/,
    message: say('a `for` counts one thing'),
    help: say('write the other assignment before the loop, or at the end of its body'),
  },
  // ------------------------------------------------------------- expressions
  {
    is: /((?:\w+ (?:->|\.) )*\w+|\)) \? @:/,
    message: say('`? :` has a value for both cases'),
    help: ([, test]) =>
      `write \`${test === ')' ? 'x' : (test ?? '')} ? ${test === ')' ? 'x' : (test ?? '')} : ...\``,
  },
  {
    is: /@(?:and|or) /,
    in: ['body', 'scenario'],
    message: say('conditions are joined with `&&` and `||`'),
    help: say('write `a && b`, `a || b`'),
  },
  {
    is: /\bnot @\w/,
    message: say('a condition is turned round with `!`'),
    help: say('write `!x`'),
  },
  {
    in: ['body'],
    is: /\( @?void @?\) @/,
    fromMatch: true,
    message: say('there are no casts'),
    help: say('leave `(void)` out: a result may be left unused'),
  },
  {
    in: ['body', 'scenario', 'struct'],
    is: /\( @?(?:const @?)?(?:(?:struct|enum) @?\w+|unsigned|void|int|long|bool|char|errno|pte|\w+_t|[us]\d+)(?: @?(?:long|int|char))*(?: @?\*)* @?\) @?[\w("]/,
    fromMatch: true,
    message: say('there are no casts'),
    help: say(
      'leave it out: numbers convert by themselves, pointers keep their struct; `container_of(p, struct foo, member)` is the struct around',
    ),
  },
  {
    is: /(KERN_\w+) @""/,
    message: say('strings cannot be joined'),
    help: ([, level]) => `write \`${printers.get(level ?? '') ?? 'pr_info'}("...")\``,
  },
  {
    is: /\( @\{/,
    in: ['body'],
    message: say('a block has no value'),
    help: say('write its statements before this one'),
  },
  {
    in: ['body'],
    is: /^(assert|BUG_ON|WARN_ON) (\S+) @(.+?)(?: ;|$)/,
    message: ([, word]) => `what \`${word ?? ''}\` is about stands in brackets`,
    help: ([, word, left, right]) => `write \`${word ?? ''}(${left ?? ''} ${right ?? ''})\``,
  },
  {
    in: ['body'],
    is: /^\S+ (?:\S+ )*?= (?!@)\S+ (?:.* )?@= (?!=)/,
    message: say('an assignment has no value'),
    help: say('assign one after the other: `y = 1; x = y`'),
  },
  {
    in: ['body'],
    is: /^[^(]*@, /,
    message: say('statements are separated with `;`'),
    help: say('write `x++; y++`'),
  },
];

/** What stands for printk with a level. */
const printers: ReadonlyMap<string, string> = new Map([
  ['KERN_DEBUG', 'pr_debug'],
  ['KERN_ERR', 'pr_err'],
  ['KERN_WARNING', 'pr_warn'],
]);

/** `int a[3] = { 1, 2, 3 }`; two elements if no values say how many. */
function arrayOf(type: string, name: string, values: string): string {
  const head = type.endsWith('*') ? `${type}${name}` : `${type} ${name}`;
  return values === '' ? `${head}[2]` : `${head}[${values.split(',').length}] = { ${values} }`;
}
