// SPDX-License-Identifier: MIT
/** The set-up: stores that start values need, then the world hooks in source order, then what mirrors rely on. */

import type { Expr } from '@hmmlab/runtime/program';
import type { Source } from '../load/source.ts';
import type { Scenario } from '../syntax/ast.ts';
import { Code } from './code.ts';
import { Emitter } from './emit.ts';
import type { EmitContext } from './emission.ts';
import type { MirrorDraft } from './mirrors.ts';
import type { ProcDraft } from './proc.ts';
import type { HookArgument, WorldsResult } from './worlds.ts';

/** The set-up proc, or null if nothing has to be done. */
export function compileSetup(
  scenario: Scenario,
  source: Source,
  worlds: WorldsResult,
  mirrors: readonly MirrorDraft[],
  context: Omit<EmitContext, 'code'>,
): ProcDraft | null {
  if (worlds.calls.length === 0 && worlds.stores.length === 0) return null;
  const code = new Code();
  const emit = new Emitter({ ...context, code });
  for (const { object, value, node } of worlds.stores) {
    if (value.type.kind === 'error') continue;
    const address: Expr = { kind: 'object', object: object.first, cell: 0 };
    code.emit({ op: 'store', address, value: emit.value(value) }, emit.span(node), {
      border: true,
      identity: object,
    });
  }
  for (const { hook, args, node } of worlds.calls) {
    const proc = context.numbering.procs.number(hook);
    code.emit({ op: 'call', proc, args: args.map(argument), to: null }, emit.span(node));
  }
  for (const mirror of mirrors) emitMirrorCheck(mirror, emit);
  const span = context.numbering.span(source, scenario.title);
  code.emit({ op: 'return', value: null }, span);
  return {
    name: 'set-up',
    params: 0,
    locals: code.locals,
    depth: 1,
    code: code.finish(),
    exposed: code.exposed,
    span,
    origin: 'library',
  };
}

function argument(arg: HookArgument): Expr {
  if (arg.kind === 'number') return { kind: 'const', value: arg.value };
  return { kind: 'object', object: arg.object.first, cell: 0 };
}

/** The stale mapping check compares with one page table: the set-up must have linked the device to that one. */
function emitMirrorCheck(mirror: MirrorDraft, emit: Emitter): void {
  const { code } = emit;
  if (mirror.hops.length === 0) return;
  const span = emit.context.numbering.span(mirror.at.source, mirror.at.node);
  const done = code.label();
  let at: Expr = { kind: 'object', object: mirror.device.object, cell: mirror.base };
  for (const [i, cells] of mirror.hops.entries()) {
    const to = code.temporary({ kind: 'ref', to: { kind: 'scalar' } });
    const address: Expr =
      at.kind === 'object' ? { ...at, cell: at.cell + cells } : { kind: 'field', base: at, cells };
    code.emit({ op: 'load', to, address }, span, { border: true });
    const last = i === mirror.hops.length - 1;
    const pointer: Expr = { kind: 'local', slot: to };
    if (last) {
      const table: Expr = { kind: 'object', object: mirror.owner.object, cell: mirror.owner.cell };
      const unset: Expr = { kind: 'unary', op: '!', a: pointer };
      const same: Expr = { kind: 'binary', op: '==', a: pointer, b: table };
      const text = `${mirror.name} mirrors ${mirror.ownerName}`;
      code.emit(
        { op: 'assert', test: { kind: 'binary', op: '||', a: unset, b: same }, text },
        span,
      );
    } else {
      const next = code.label();
      code.branch(pointer, next, done, span);
      code.bind(next);
    }
    at = pointer;
  }
  code.bind(done);
}
