// SPDX-License-Identifier: MIT
/** Habits of C in definitions, heads and expectations. */

import type { Where } from './failed-element.ts';
import { written } from './failed-element.ts';
import type { Habit } from './habit.ts';
import { say } from './habit.ts';

const outside: readonly Where[] = ['file', 'profile', 'scenario'];

// table
/** In order: the first that matches answers. */
export const definitionHabits: readonly Habit[] = [
  // ------------------------------------------------------------- functions and definitions
  {
    in: outside,
    is: /^(?:(?:static|extern) )?(DEFINE_MUTEX|DEFINE_SPINLOCK|DECLARE_RWSEM|DECLARE_WAIT_QUEUE_HEAD|DECLARE_COMPLETION|LIST_HEAD) \( (\w+)/,
    begins: true,
    message: ([, word]) => `there is no \`${word ?? ''}\``,
    help: ([, word, name]) =>
      `write \`${declaration.get(word ?? '') ?? ''} ${name ?? ''}\` in the scenario`,
  },
  {
    in: outside,
    is: /^(?:EXPORT_SYMBOL|EXPORT_SYMBOL_GPL|module_init|module_exit|module_param|MODULE_\w+) \(/,
    begins: true,
    message: say('there are no modules'),
    help: say('leave it out'),
  },
  {
    in: outside,
    is: /^(?:static )?(?:const )?struct (\w+) (\w+) = \{ (?:\. (\w+) = )?(-? ?\d\w*)/,
    begins: true,
    message: say('a struct has no list of values'),
    help: ([, struct, , field, value]) =>
      `write the start value in the struct: \`struct ${struct ?? ''} { int ${field || 'n'} = ${value ?? ''} }\``,
  },
  {
    in: outside,
    is: /^(?:static )?(?:const )?struct (\w+) (\w+) = \{ (?:\. (\w+) = (\w+))?/,
    begins: true,
    message: say('a struct has no list of values; a table of functions is declared with `ops`'),
    help: ([, ops, name, slot, proc]) =>
      `write \`ops ${ops ?? ''} ${name ?? ''} = { ${slot || 'slot'}: ${proc || 'proc'} }\``,
  },
  {
    in: outside,
    is: /^(?:(?:func|function|fn|def|fun|sub)|(?:static|int|bool|void|errno) proc) (\w+)/,
    begins: true,
    message: say('a function is declared with `proc`'),
    help: ([, name]) => `write \`proc ${name ?? ''}(...) { ... }\``,
  },
  {
    in: outside,
    is: /^(?:(?:static|inline|__always_inline|noinline|extern|asmlinkage|const|__init|__exit) )*(?!proc|verb|world|thread|scenario|use|expect|invariant|allow|pool)((?:struct |enum |unsigned |long )*\w+ (?:\* )?)(\w+) \( ([^(){}]*)\)/,
    begins: true,
    message: say('a function is declared with `proc`'),
    help: ([, result, name, params]) =>
      `write \`${procHead(name ?? '', params ?? '', result ?? '')}\``,
  },
  {
    in: ['file', 'profile'],
    is: /^(?:@(?:(?:unsigned |long )*(?:int|long|bool)|unsigned|errno|pte|mutex|rwsem|rw_semaphore|spinlock|wait_queue|completion|kref|work|workqueue|list \w+|[us]\d+|\w+_t|mm|vma|device|range|pool struct) |struct \w+ (?:\* )?@)\w+ ?(?:=|;|,|\[|:|on |mirrors |$)/,
    begins: true,
    message: say('what threads share is declared in a scenario'),
    help: say(
      'put it between the braces of a `scenario "title" { ... }`; what never changes is `const N = 3`',
    ),
  },
  {
    in: ['file', 'profile', 'scenario', 'struct'],
    is: /^typedef /,
    begins: true,
    message: say('there is no `typedef`'),
    help: say(
      'name a struct with `struct foo { ... }`; a range stands where a number is declared: `int n in 0..3`',
    ),
  },
  {
    is: /^union /,
    begins: true,
    message: say('there is no `union`'),
    help: say('write a struct with a field for each'),
  },
  {
    in: outside,
    is: /^const (?:unsigned |long )*(?:int|long|unsigned|bool|errno|size_t|[us]\d+) @(\w+) = (.+?)(?: ;|$)/,
    message: say('a constant has no type'),
    help: ([, name, value]) => `write \`const ${name ?? ''} = ${value ?? ''}\``,
  },
  {
    is: /^enum @\{ (\w+)/,
    message: say('an enum has a name'),
    help: ([, member]) => `write \`enum colour { ${member ?? ''}, ... }\``,
  },
  {
    in: outside,
    is: /^(?:static|extern|const|volatile) /,
    begins: true,
    message: ([text]) => `\`${text ?? ''}\` means nothing here`,
    help: say('leave it out: all threads share what the scenario declares'),
  },
  // ------------------------------------------------------------- heads
  {
    is: /^proc \w+ \( void @\)/,
    message: say('a proc without parameters has empty brackets'),
    help: say('write `proc f() { ... }`'),
  },
  {
    is: /^(?:proc|verb) .*@= /,
    message: say('a parameter has no default'),
    help: say('leave it out, and give the argument in each call'),
  },
  {
    is: /^(?:proc|verb) .*[(,] const (?:\w+ )*@/,
    message: say('`const` means nothing here'),
    help: say('leave it out: `foo *p`'),
  },
  {
    is: /^proc (\w+) \( (.*?)\) (?:@: (\w+)|@(\w+) (?:\* )?[{;])/,
    message: say('the result of a proc stands behind `->`'),
    help: ([, name, params, after, bare]) =>
      `write \`${procHead(name ?? '', params ?? '', after || (bare ?? ''))}\``,
  },
  {
    is: /^thread (\w+) @\(/,
    message: say('a thread has no parameters'),
    help: ([, name]) =>
      `write \`thread ${name ?? ''} { ... }\`; those of \`thread ${name ?? ''}[2]\` know their number as \`self\``,
  },
  {
    is: /^scenario @(\w+)/,
    message: say('the title of a scenario is a string'),
    help: ([, name]) => `write \`scenario "${name ?? ''}" { ... }\``,
  },
  // ------------------------------------------------------------- expectations
  {
    in: ['scenario'],
    is: /^(expect (?:always|never|sometimes|eventually)|invariant) (.+?) @= (.+?)(?: ;|$)/,
    message: say('an assignment is a statement of a thread'),
    help: ([, words, left, right]) => `write \`${words ?? ''} ${left ?? ''} == ${right ?? ''}\``,
  },
  {
    in: ['scenario'],
    is: /^assert (?:\( (.+) \)|(.+?))(?: ;|$)/,
    begins: true,
    message: say('an assertion stands in a thread, a condition of final states behind `expect`'),
    help: ([, inner, bare]) => `write \`expect always ${inner || (bare ?? '')}\``,
  },
  {
    in: ['scenario'],
    is: /^expect (?!no )(?:(\w+ )@((?:==|!=|<|>|<=|>=|&&|\|\||->|\.|\[|\(|=) [^=].*?)|@([!(*&].*?))(?: ;|$)/,
    message: say('a condition of final states stands behind `always`, `sometimes` or `never`'),
    help: ([, left, right, whole]) =>
      `write \`expect always ${whole || condition(left, right)}\`, or \`invariant ...\` for every state`,
  },
  {
    in: ['scenario'],
    is: /^@([\w.\->[\] ]+?) (==|!=|<|>|<=|>=|&&|\|\|) (.+?)(?: ;|$)/,
    message: say(
      'a condition of final states stands behind `expect always`, `sometimes` or `never`',
    ),
    help: ([, left, operator, right]) =>
      `write \`expect always ${left ?? ''} ${operator ?? ''} ${right ?? ''}\``,
  },
  {
    in: ['scenario'],
    is: /^@([\w.\->[\] ]+?) = (.+?)(?: ;|$)/,
    message: say('statements stand in a thread'),
    help: ([, left, right]) =>
      `write \`thread A: ${left ?? ''} = ${right ?? ''}\`; a start value stands in the declaration`,
  },
  // ------------------------------------------------------------- fields and tables
  {
    is: /^(.+?) = (-? ?\w+) @in (-? ?\w+) ?\.\. ?(-? ?\w+)/,
    message: say('the range stands before the start value'),
    help: ([, declared, value, least, most]) =>
      `write \`${declared ?? ''} in ${least ?? ''}..${most ?? ''} = ${value ?? ''}\``,
  },
  {
    is: /^(?:replace )?ops \w+ \w+ = \{ (?:.* )?\. (\w+) = (\w+)/,
    in: outside,
    message: say('a table names its slots with `:`'),
    help: ([, slot, proc]) => `write \`${slot ?? ''}: ${proc ?? ''}\``,
  },
  {
    in: ['struct'],
    is: /^(.+ )?(\w+) @: (\d+)/,
    message: say('there are no bit fields'),
    help: ([, , name, bits]) =>
      `write \`int ${name ?? ''} in 0..${2 ** Math.min(Number(bits), 12) - 1}\``,
  },
  {
    in: ['struct', 'scenario', 'body', 'file', 'profile'],
    is: /^[\w *]+ @?\( ?@?\* (\w+) \)/,
    message: say('there are no function pointers'),
    help: ([, name]) =>
      `a callback is a slot of a table: \`ops foo_ops { ${name ?? ''}(foo *f) -> int }\`, and a field \`ops foo_ops ops\``,
  },
  {
    in: ['struct'],
    is: /^struct \w* ?@\{/,
    message: say('a struct inside a struct is defined before it'),
    help: say('write `struct bar { ... }` outside, and `struct bar b` here'),
  },
];

/** What stands for a macro that declares. */
const declaration: ReadonlyMap<string, string> = new Map([
  ['DEFINE_MUTEX', 'mutex'],
  ['DEFINE_SPINLOCK', 'spinlock'],
  ['DECLARE_RWSEM', 'rwsem'],
  ['DECLARE_WAIT_QUEUE_HEAD', 'wait_queue'],
  ['DECLARE_COMPLETION', 'completion'],
  ['LIST_HEAD', 'list foo'],
]);

function procHead(name: string, params: string, result: string): string {
  const list = params === 'void' ? '' : params;
  const arrow = result === 'void' ? '' : ` -> ${result}`;
  return `proc ${name}(${list})${arrow} { ... }`;
}

function condition(left: string | undefined, right: string | undefined): string {
  const both = [left ?? '', (right ?? '').replace(/^= /, '== ')];
  return written(both.filter((part) => part !== '').join(' '));
}
