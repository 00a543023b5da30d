// SPDX-License-Identifier: MIT
/** Procs, verbs, world hooks and thread bodies to drafts of Program procs. */

import type { Span } from '@hmmlab/runtime/program';
import { signatureOf } from '../check/signature.ts';
import type { ParamInfo, ProcInfo, Scope, ThreadInfo, Type } from '../check/symbols.ts';
import type { LocalSymbol, PagesValue, Typed } from '../check/typed.ts';
import { DEFAULT_INT, ERROR, VOID, typeText } from '../check/types.ts';
import type { Block, Ident } from '../syntax/ast.ts';
import type { InstanceContext } from './body.ts';
import { Body } from './body.ts';
import type { DraftInstruction, Identity, Local } from './code.ts';
import { compileStatement } from './statement.ts';

/** A proc before its instructions are numbered and its borders settled. */
export interface ProcDraft {
  readonly name: string;
  readonly params: number;
  readonly locals: readonly Local[];
  readonly depth: number;
  readonly code: readonly DraftInstruction[];
  readonly exposed: ReadonlySet<Identity>;
  readonly span: Span;
  readonly origin: 'scenario' | 'library';
}

/** Compiles a proc, verb or world hook. */
export function compileProc(proc: ProcInfo, context: InstanceContext): ProcDraft {
  const { params, result, depth } = signatureOf(proc, context.problems);
  const { source } = proc.at;
  const options = {
    owner: proc,
    name: proc.name,
    source,
    scope: proc.scope,
    result,
    bareMembers: false,
  };
  const body = new Body(context, options);
  body.enter();
  for (const param of params) declareParam(param, body);
  const names = new Map(body.names());
  const count = body.code.locals.length;
  compileTopLevel(proc.def.body, body);
  if (proc.sort === 'proc' && isScenarioCode(proc))
    for (const { node } of params) noteRead(node.name, names, body);
  return draft(body, {
    name: proc.name,
    params: count,
    depth,
    node: proc.at.node,
    origin: proc.origin,
  });
}

/** Compiles a thread's body; replicated threads share it and get their index as `self`. */
export function compileThread(
  thread: ThreadInfo,
  scope: Scope,
  context: InstanceContext,
): ProcDraft {
  const { source } = thread.at;
  const options = {
    owner: thread,
    name: thread.name,
    source,
    scope,
    result: VOID,
    bareMembers: true,
    replicated: thread.count !== null,
  };
  const body = new Body(context, options);
  body.enter();
  if (thread.count !== null) {
    const type: Type = { kind: 'int', min: 0, max: thread.count - 1 };
    body.declare(body.scalar('self', type, thread.def.name), thread.def.name);
  }
  const params = body.code.locals.length;
  const names = compileTopLevel(thread.def.body, body);
  thread.locals = names;
  return draft(body, {
    name: thread.name,
    params,
    depth: 1,
    node: thread.def.name,
    origin: 'scenario',
  });
}

function compileTopLevel(block: Block, body: Body): ThreadInfo['locals'] {
  body.enter();
  for (const statement of block.statements) compileStatement(statement, body);
  const names = new Map(
    [...body.names()].flatMap(([name, symbol]) =>
      symbol.kind === 'scalar'
        ? [[name, { slot: symbol.slot, type: symbol.type, node: symbol.node }]]
        : [],
    ),
  );
  body.leave(block);
  finish(block, body);
  return names;
}

/** What falls off the end returns; a proc with a result must not. */
function finish(block: Block, body: Body): void {
  const { code, options, context } = body;
  const none = options.result.kind === 'void' || options.result.kind === 'error';
  if (code.reachable && !none) {
    const end = { start: Math.max(block.start, block.end - 1), end: block.end };
    const message = `\`${options.name}\` can end here without its result, ${typeText(options.result)}`;
    context.problems.error(
      'HMM3008',
      body.at(end),
      message,
      'end every way through it with `return`',
    );
  }
  body.resolveGotos();
  if (code.reachable || code.open) {
    const value = none ? null : ({ kind: 'const', value: 0 } as const);
    code.emit({ op: 'return', value }, code.lastSpan ?? body.span(block));
  }
  for (const { symbol, node } of body.declared) if (body.isUsed(symbol)) context.usage.use(node);
}

function draft(
  body: Body,
  about: Pick<ProcDraft, 'name' | 'params' | 'depth' | 'origin'> & {
    readonly node: { readonly start: number; readonly end: number };
  },
): ProcDraft {
  const { node, ...rest } = about;
  const { code } = body;
  return {
    ...rest,
    locals: code.locals,
    code: code.finish(),
    exposed: code.exposed,
    span: body.span(node),
  };
}

/** Definitions of profiles are written for others, who need not use all of them. */
function isScenarioCode({ scope }: ProcInfo): boolean {
  return scope.level === 'file' || scope.level === 'scenario';
}

function noteRead(name: Ident, names: ReadonlyMap<string, LocalSymbol>, body: Body): void {
  const { usage } = body.context;
  const symbol = names.get(name.name);
  usage.declare(body.at(name), `nothing reads the parameter \`${name.name}\``);
  if (symbol !== undefined && body.isUsed(symbol)) usage.use(name);
}

function declareParam(param: ParamInfo, body: Body): void {
  const { name } = param.node;
  // A second one of the same name is reported with the signature.
  if (body.names().has(param.name)) {
    body.code.local(param.name, body.context.numbering.scalar(param.type));
    return;
  }
  if (param.type.kind !== 'pages') {
    body.declare(body.scalar(param.name, param.type, name), name);
    return;
  }
  const part = (member: string, type: Type): Typed => {
    const slot = body.code.local(`${param.name}.${member}`, body.context.numbering.scalar(type));
    return { kind: 'local', slot, type, node: name };
  };
  const self = (word: string): Type => {
    const hook = body.options.scope.hook(word);
    return hook === null
      ? ERROR
      : (signatureOf(hook, body.context.problems).params[0]?.type ?? ERROR);
  };
  const value: PagesValue = {
    kind: 'pages',
    vma: part('vma', self('vma')),
    mm: part('mm', self('mm')),
    start: part('start', DEFAULT_INT),
    end: part('end', DEFAULT_INT),
  };
  body.declare(
    { kind: 'pages', name: param.name, value: { ...value, type: { kind: 'pages' }, node: name } },
    name,
  );
}
