// SPDX-License-Identifier: MIT
/** Parameters and results of procs and ops slots, and whether one fits the other. */

import { listed } from './listed.ts';
import { constantNumber } from './constant.ts';
import { limits } from './limits.ts';
import { didYouMean } from './nearest.ts';
import { reportRemoved } from './removed.ts';
import type { At, Problems } from './problems.ts';
import type { TypePlace } from './resolve-type.ts';
import { resolveParam, resolveResult } from './resolve-type.ts';
import type { OpsInfo, ParamInfo, ProcInfo, Signature, SlotInfo, TableInfo } from './symbols.ts';
import type { Type } from './types.ts';
import { VOID, sameType, typeText } from './types.ts';
import type { Param } from '../syntax/ast.ts';

/** Parameters, result and depth of a proc, worked out once. */
export function signatureOf(proc: ProcInfo, problems: Problems): Signature {
  if (proc.signature !== null) return proc.signature;
  const place = { source: proc.at.source, scope: proc.scope, problems };
  const { def } = proc;
  const result = def.kind === 'world' ? VOID : resolveResult(def.result, place);
  proc.signature = {
    params: resolveParams(def.params, place),
    result,
    depth: depthOf(proc, place),
    callback: false,
  };
  return proc.signature;
}

function depthOf(proc: ProcInfo, place: TypePlace): number {
  if (proc.def.kind !== 'proc' || proc.def.depth === null) return 1;
  const depth = constantNumber(proc.at, proc.def.depth, proc.scope, place.problems) ?? 1;
  const at = { source: place.source, node: proc.def.depth };
  if (depth < 1)
    place.problems.error(
      'HMM3004',
      at,
      `a depth of ${depth}`,
      'a proc has at least one activation',
    );
  if (depth > limits.depth)
    place.problems.error('HMM2019', at, `a depth of ${depth}; the limit is ${limits.depth}`);
  return Math.min(Math.max(depth, 1), limits.depth);
}

function resolveParams(params: readonly Param[], place: TypePlace): readonly ParamInfo[] {
  const seen = new Map<string, Param>();
  return params.map((param) => {
    const name = param.name.name;
    const first = seen.get(name);
    if (first !== undefined)
      place.problems.error(
        'HMM2002',
        { source: place.source, node: param.name },
        `two parameters are called \`${name}\``,
      );
    seen.set(name, param);
    return { name, type: resolveParam(param, place), node: param };
  });
}

/** Slots of an ops interface, worked out once. */
export function slotsOf(ops: OpsInfo, problems: Problems): readonly SlotInfo[] {
  const place = { source: ops.at.source, scope: ops.scope, problems };
  ops.slots ??= ops.def.slots.map((slot) => ({
    name: slot.name.name,
    params: resolveParams(slot.params, place),
    result: resolveResult(slot.result, place),
  }));
  return ops.slots;
}

/** Fills a table: each entry must name a slot and a proc that fits it. */
export function tableProcs(table: TableInfo, problems: Problems): readonly (ProcInfo | null)[] {
  if (table.procs !== null) return table.procs;
  const { source } = table.at;
  const ops = table.scope.opsInterface(table.def.ops.name);
  table.ops = ops;
  if (ops === null) {
    const known = [...table.scope.chain()].flatMap((scope) => [...scope.ops.keys()]);
    const name = table.def.ops.name;
    problems.error(
      'HMM2003',
      { source, node: table.def.ops },
      `there is no ops interface \`${name}\``,
      didYouMean(name, known),
    );
    table.procs = [];
    return table.procs;
  }
  const slots = slotsOf(ops, problems);
  const procs = slots.map((): ProcInfo | null => null);
  const filled = new Set<string>();
  for (const entry of table.def.entries) {
    const at = { source, node: entry.slot };
    const index = slots.findIndex((slot) => slot.name === entry.slot.name);
    const slot = slots[index];
    if (slot === undefined) {
      const help = didYouMean(
        entry.slot.name,
        slots.map((s) => s.name),
      );
      problems.error('HMM2006', at, `ops ${ops.name} has no slot \`${entry.slot.name}\``, help);
      continue;
    }
    if (filled.has(slot.name))
      problems.error('HMM2002', at, `slot \`${slot.name}\` is filled twice`);
    filled.add(slot.name);
    procs[index] = slotProc(table, entry.proc, slot, problems);
  }
  table.procs = procs;
  return procs;
}

function slotProc(
  table: TableInfo,
  name: { readonly name: string; readonly start: number; readonly end: number },
  slot: SlotInfo,
  problems: Problems,
): ProcInfo | null {
  const at = { source: table.at.source, node: name };
  const proc = table.scope.proc(name.name);
  if (proc === null && reportRemoved(name.name, at, table.scope, problems)) return null;
  if (proc === null) {
    const known = [...table.scope.chain()].flatMap((scope) => [...scope.procs.keys()]);
    problems.error(
      'HMM2005',
      at,
      `there is no proc \`${name.name}\``,
      didYouMean(name.name, known),
    );
    return null;
  }
  const wanted = { params: slot.params.map((p) => p.type), result: slot.result };
  return checkCallback(signatureOf(proc, problems), wanted, at, name.name, problems) ? proc : null;
}

/** Whether a proc can be called as `wanted` says, as a callback; `result: null` takes any. Reports a misfit. */
export function checkCallback(
  has: Signature,
  wanted: { readonly params: readonly Type[]; readonly result: Type | null },
  at: At,
  name: string,
  problems: Problems,
): boolean {
  has.callback = true;
  const broken = [...has.params.map((p) => p.type), has.result, ...wanted.params].some(
    (t) => t.kind === 'error',
  );
  const fits =
    has.params.length === wanted.params.length &&
    has.params.every((p, i) => sameType(p.type, wanted.params[i] ?? VOID)) &&
    (wanted.result === null || sameType(has.result, wanted.result));
  if (fits || broken) return true;
  const result =
    wanted.result === null || wanted.result.kind === 'void' ? '' : ` -> ${typeText(wanted.result)}`;
  const needed = `(${listed(wanted.params.map(typeText))})${result}`;
  const own = has.result.kind === 'void' ? '' : ` -> ${typeText(has.result)}`;
  const message = `\`${name}\` is (${listed(has.params.map((p) => typeText(p.type)))})${own}, and ${needed} is called here`;
  problems.error('HMM3009', at, message, 'give the proc exactly these parameters and this result');
  return false;
}
