// SPDX-License-Identifier: MIT
/** Functions that are no primitives: they read, write, wait or compute with what the op table has. */

import type { Inspection } from '@hmmlab/runtime/program';
import type { Argument, Node } from '../syntax/ast.ts';
import { operand } from './compare.ts';
import { asBool, condition, convert, errorAt } from './convert.ts';
import { pteFunctions } from './pte-functions.ts';
import { requireStruct } from './resolve-type.ts';
import { layoutOf } from './struct-layout.ts';
import type { Type } from './symbols.ts';
import { threadOf } from './thread-local.ts';
import type { Env, Typed, WaitSort } from './typed.ts';
import { BOOL, ERRNO, VOID, WIDE_INT, typeText } from './types.ts';
import { didYouMean } from './nearest.ts';

type BuiltIn = (args: readonly Argument[], node: Node, env: Env) => Typed;

interface Given {
  readonly args: readonly Argument[];
  readonly node: Node;
  readonly env: Env;
}

const levels = ['debug', 'info', 'notice', 'warn', 'err', 'crit', 'alert', 'emerg'];

/** printk and its family. */
const printNames: readonly string[] = [
  'printk',
  ...levels.flatMap((level) => ['', '_once', '_ratelimited'].map((rest) => `pr_${level}${rest}`)),
];

/** By name. */
export const builtIns: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  [
    'READ_ONCE',
    (args, node, env) =>
      counted('READ_ONCE(x)', 1, { args, node, env }, ([x]) =>
        x.kind === 'read' ? { ...x, node, marked: true } : { ...x, node },
      ),
  ],
  [
    'WRITE_ONCE',
    (args, node, env) =>
      counted('WRITE_ONCE(x, value)', 2, { args, node, env }, ([x, v]) => store(x, v, node, env)),
  ],
  ...[...pteFunctions].map(([name, { usage, count, of }]): [string, BuiltIn] => [
    name,
    (args, node, env) =>
      counted(usage, count, { args, node, env }, (values) => of(values, node, env)),
  ]),
  ['assert', assertion('assert', false, VOID)],
  ['BUG_ON', assertion('BUG_ON', true, VOID)],
  ['VM_BUG_ON', assertion('VM_BUG_ON', true, VOID)],
  ['WARN_ON', assertion('WARN_ON', true, BOOL)],
  ['WARN_ON_ONCE', assertion('WARN_ON_ONCE', true, BOOL)],
  ['contract', contract],
  ['likely', truth('likely')],
  ['unlikely', truth('unlikely')],
  ...printNames.map((name): [string, BuiltIn] => [name, print(name)]),
  ['kmalloc', kmalloc],
  [
    'kfree',
    (args, node, env) =>
      counted('kfree(pointer)', 1, { args, node, env }, ([p]) => kfree(p, node, env)),
  ],
  ['container_of', containerOf],
  ['wait_event', wait('wait_event', 'plain')],
  ['wait_event_timeout', wait('wait_event_timeout', 'timeout')],
  ['wait_event_interruptible', wait('wait_event_interruptible', 'interruptible')],
  ['wait_event_killable', wait('wait_event_killable', 'killable')],
  ['finished', finished],
  ['read_locked', inspection('read_locked', 'rwsem', 'is_read_locked', BOOL)],
  ['write_locked', inspection('write_locked', 'rwsem', 'is_write_locked', BOOL)],
  ['list_length', inspection('list_length', 'list', 'length', WIDE_INT)],
]);

/** For suggestions. */
export const builtInNames: readonly string[] = [...builtIns.keys()];

/** Checks the number of arguments and that they have no names, then goes on with their values. */
function counted(
  usage: string,
  count: number,
  given: Given,
  then: (values: [Typed, Typed, Typed]) => Typed,
): Typed {
  const { args, node, env } = given;
  const values = args.map((arg) => env.value(arg.value));
  if (args.length !== count || args.some((arg) => arg.name !== null)) {
    env.problems.error(
      'HMM3003',
      { source: env.source, node },
      `these arguments do not fit`,
      `it is ${usage}`,
    );
    return errorAt(node);
  }
  const none = errorAt(node);
  const [a = none, b = none, c = none] = values;
  return values.some((value) => value.type.kind === 'error') ? none : then([a, b, c]);
}

function store(target: Typed, value: Typed, node: Node, env: Env): Typed {
  if (target.kind !== 'read') {
    env.problems.error(
      'HMM3007',
      { source: env.source, node: target.node },
      'this cannot be written',
    );
    return errorAt(node);
  }
  const converted = convert(value, target.type, env);
  if (converted.type.kind === 'error') return converted;
  return { kind: 'store', place: target.place, value: converted, type: VOID, node };
}

function assertion(name: string, negated: boolean, type: Type): BuiltIn {
  return (args, node, env) =>
    counted(`${name}(condition)`, 1, { args, node, env }, ([value]) => {
      const test = condition(value, env);
      return test.type.kind === 'error'
        ? test
        : { kind: 'assert', test, negated, contract: null, type, node };
    });
}

/** `contract(condition, "what a caller must do")`. */
function contract(args: readonly Argument[], node: Node, env: Env): Typed {
  const [first, second, ...more] = args;
  const named = args.some((arg) => arg.name !== null);
  if (first === undefined || second?.value.kind !== 'string' || more.length > 0 || named) {
    const help = 'it is contract(condition, "what has to be so")';
    env.problems.error('HMM3003', { source: env.source, node }, 'these arguments do not fit', help);
    return errorAt(node);
  }
  const test = condition(env.value(first.value), env);
  const text = second.value.value;
  return test.type.kind === 'error'
    ? test
    : { kind: 'assert', test, negated: false, contract: text, type: VOID, node };
}

/** `likely(x)`: x as 0 or 1. */
function truth(name: string): BuiltIn {
  return (args, node, env) =>
    counted(`${name}(condition)`, 1, { args, node, env }, ([value]) => ({
      ...asBool(condition(value, env)),
      node,
    }));
}

/** `pr_debug("%d", n)`: the format is for people, what follows is read. */
function print(name: string): BuiltIn {
  return (args, node, env) => {
    const [format, ...rest] = args;
    const values = rest.map((arg) => operand(env.value(arg.value)));
    if (format?.value.kind === 'string' && args.every((arg) => arg.name === null))
      return { kind: 'print', values, type: VOID, node };
    const help = `it is ${name}("format", values...)`;
    env.problems.error('HMM3003', { source: env.source, node }, 'these arguments do not fit', help);
    return errorAt(node);
  };
}

function kmalloc(args: readonly Argument[], node: Node, env: Env): Typed {
  const [arg] = args;
  if (args.length !== 1 || arg === undefined || arg.value.kind !== 'ident') {
    env.problems.error(
      'HMM3003',
      { source: env.source, node },
      'kmalloc takes the name of a struct',
      'it is kmalloc(foo)',
    );
    return errorAt(node);
  }
  const struct = requireStruct(arg.value, env);
  if (struct === null) return errorAt(node);
  return { kind: 'alloc', struct, type: { kind: 'pointer', to: { kind: 'struct', struct } }, node };
}

function kfree(pointer: Typed, node: Node, env: Env): Typed {
  if (pointer.type.kind === 'pointer' && pointer.type.to.kind === 'struct')
    return { kind: 'free', pointer, type: VOID, node };
  const message = `kfree takes a pointer to a struct, not ${typeText(pointer.type)}`;
  env.problems.error('HMM3001', { source: env.source, node: pointer.node }, message);
  return errorAt(node);
}

function containerOf(args: readonly Argument[], node: Node, env: Env): Typed {
  const [pointer, name, member] = args.map((arg) => arg.value);
  if (
    args.length !== 3 ||
    pointer === undefined ||
    name?.kind !== 'ident' ||
    member?.kind !== 'ident'
  ) {
    const help = 'it is container_of(pointer, struct foo, field)';
    env.problems.error('HMM3003', { source: env.source, node }, 'these arguments do not fit', help);
    return errorAt(node);
  }
  const of = env.value(pointer);
  const struct = requireStruct(name, env);
  if (struct === null || of.type.kind === 'error') return errorAt(node);
  const { fields } = layoutOf(struct, env.problems);
  const field = fields.get(member.name);
  const at = { source: env.source, node: member };
  if (field === undefined) {
    env.problems.error(
      'HMM2006',
      at,
      `struct ${struct.name} has no field \`${member.name}\``,
      didYouMean(member.name, fields.keys()),
    );
    return errorAt(node);
  }
  const converted = convert(of, { kind: 'pointer', to: field.type }, env);
  if (converted.type.kind === 'error') return errorAt(node);
  return {
    kind: 'container',
    of: converted,
    cells: -field.offset,
    type: { kind: 'pointer', to: { kind: 'struct', struct } },
    node,
  };
}

function wait(name: string, sort: WaitSort): BuiltIn {
  const timed = sort === 'timeout';
  return (args, node, env) => {
    const usage = timed ? `${name}(queue, condition, ms)` : `${name}(queue, condition)`;
    const count = timed && args.length === 3 ? 3 : 2;
    return counted(usage, count, { args, node, env }, ([q, c]) => {
      const to: Type = { kind: 'primitive', primitive: 'wait_queue', of: null, bound: 0 };
      const queue = convert(q, { kind: 'pointer', to }, env);
      const test = condition(c, env);
      if (queue.type.kind === 'error' || test.type.kind === 'error') return errorAt(node);
      const type = timed ? BOOL : sort === 'plain' ? VOID : ERRNO;
      return { kind: 'wait', sort, queue, condition: test, type, node };
    });
  };
}

function finished(args: readonly Argument[], node: Node, env: Env): Typed {
  const [arg] = args;
  const at = { source: env.source, node };
  if (!env.overStates) {
    env.problems.error(
      'HMM3011',
      at,
      '`finished` is for expectations and invariants',
      'wait for a completion instead',
    );
    return errorAt(node);
  }
  const choice = arg === undefined ? null : threadOf(arg.value, env);
  if (choice === 'reported') return errorAt(node);
  if (choice === null || args.length !== 1) {
    const name = arg?.value.kind === 'ident' ? arg.value.name : null;
    const message = name === null ? 'finished takes a thread' : `there is no thread \`${name}\``;
    env.problems.error(
      'HMM2004',
      at,
      message,
      name === null ? null : didYouMean(name, env.threads.keys()),
    );
    return errorAt(node);
  }
  return { kind: 'finished', ...choice, type: BOOL, node };
}

function inspection(
  name: string,
  primitive: 'rwsem' | 'list',
  what: Inspection,
  type: Type,
): BuiltIn {
  return (args, node, env) =>
    counted(`${name}(${primitive})`, 1, { args, node, env }, ([value]) => {
      if (!env.overStates) {
        const message = `\`${name}\` is for expectations and invariants`;
        env.problems.error('HMM3011', { source: env.source, node }, message);
        return errorAt(node);
      }
      const of = value.type.kind === 'primitive' ? value.type.of : null;
      const cell = convert(
        value,
        { kind: 'pointer', to: { kind: 'primitive', primitive, of, bound: 0 } },
        env,
      );
      return cell.type.kind === 'error' ? cell : { kind: 'inspect', what, cell, type, node };
    });
}
