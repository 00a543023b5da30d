// SPDX-License-Identifier: MIT
/** Puts the numbered pieces of an instance together. From here on everything is plain data. */

import { PROGRAM_VERSION } from '@hmmlab/runtime/program';
import type {
  Guard,
  Mirror,
  Pool,
  Proc,
  Program,
  StaticObject,
  StructType,
} from '@hmmlab/runtime/program';
import { worldGuard } from '../check/guard.ts';
import { limits } from '../check/limits.ts';
import { slotsOf, tableProcs } from '../check/signature.ts';
import type { Scope, StructInfo } from '../check/symbols.ts';
import { changeableCells } from './borders.ts';
import type { Changeable } from './borders.ts';
import type { CallGraph } from './call-graph.ts';
import { createCallGraph } from './call-graph.ts';
import { countOf, structCells } from './cells.ts';
import { settleCounters } from './counters.ts';
import { checkSequences } from './check-sequences.ts';
import type { Parameter } from './instance-input.ts';
import type { MirrorDraft } from './mirrors.ts';
import type { Numbering } from './numbering.ts';
import type { ObjectDraft } from './objects.ts';
import type { Pieces } from './pieces.ts';
import type { ProcDraft } from './proc.ts';

/** The Program. Sizes that depend on everything else (pools, lists, borders) are settled here. */
export function assemble(pieces: Pieces): Program {
  const { input, numbering, objects, threads, allowed, restriction } = pieces;
  const procs = numbering.procs.items.flatMap((key) => pieces.drafts.get(key) ?? []);
  const graph = createCallGraph(procs, numbering);
  const pools = settlePools(pieces, procs, graph);
  const changeable = changeableCells(pieces, procs, graph);
  const bound = listBound(pieces, pools);
  const program = {
    version: PROGRAM_VERSION,
    title: input.scenario.title.value,
    params: input.parameters.map((parameter) => paramOf(parameter, pieces.scope)),
    profile: input.world.label,
    span: numbering.span(input.source, input.scenario.title),
    objects: objects.drafts.map((draft): StaticObject => {
      const { type } = draft;
      const value = numbering.initial(draft.initial);
      const guard = guardPart(draft, pieces);
      return {
        name: draft.name,
        type:
          type.kind === 'struct'
            ? { kind: 'struct', struct: numbering.structs.number(type.struct) }
            : { kind: 'cell', cell: numbering.cell(type, draft.info, bound), ...guard },
        initial: type.kind === 'struct' || value === 0 ? [] : [{ cell: 0, value }],
        span: numbering.span(draft.at.source, draft.at.node),
      };
    }),
    pools,
    procs: procs.map((draft) => settleProc(draft, changeable)),
    setup: pieces.setup,
    threads: threads.map((thread) => ({
      ...thread,
      observed: [...thread.observed].toSorted((a, b) => a - b),
    })),
    mirrors: pieces.mirrors.map((mirror) => settleMirror(mirror, numbering)),
    counters: settleCounters(pieces),
    invariants: pieces.invariants,
    expectations: pieces.expectations,
    unreached: pieces.unreached,
    environment: {
      signals: allowed.has('signals'),
      spuriousWakeups: allowed.has('spurious_wakeups'),
      allocationFailure: allowed.has('allocation_failure'),
    },
    checks: pieces.checks,
    lockRules: { readersOvertake: input.world.core?.rules.get('readers_overtake') ?? true },
    ...(restriction === null ? {} : { restriction }),
  } as const;
  checkSize(program, pieces);
  checkSequences(pieces);
  checkSetup(procs, pieces, graph);
  return {
    ...program,
    ...settleTypes(pieces, bound),
    sources: numbering.files.items.map((source) => source.file),
  };
}

/** Numbers and truth values as such, everything else as printed. */
function paramOf({ loop, text }: Parameter, scope: Scope): Program['params'][number] {
  const { name } = loop.name;
  const symbol = scope.values.get(name);
  if (symbol?.kind !== 'constant') return { name, value: text };
  if (symbol.type.kind === 'bool') return { name, value: symbol.value !== 0 };
  return { name, value: symbol.type.kind === 'int' ? symbol.value : text };
}

function guardPart(
  { type, guardedBy, at }: ObjectDraft,
  { scope, input }: Pieces,
): { readonly guard?: Guard } {
  if (guardedBy === null) return {};
  const guard = worldGuard(type, guardedBy, at.source, scope, input.problems);
  return guard === null ? {} : { guard };
}

/** The set-up has one way to go: a choice in it would be made once and for all, and never the other way. */
function checkSetup(procs: readonly ProcDraft[], pieces: Pieces, graph: CallGraph): void {
  const { setup, input } = pieces;
  if (setup === null) return;
  const chooses = procs.find(
    ({ code }, index) =>
      graph.reaches(setup, index) &&
      code.some(({ body }) => body.op === 'choose' || body.op === 'await-any'),
  );
  if (chooses === undefined) return;
  const at = { source: input.source, node: input.scenario.title };
  const help = 'choose in a thread: the set-up makes one world';
  input.problems.error('HMM2021', at, `\`${chooses.name}\` chooses, and the set-up runs it`, help);
}

const NONE = {};
const IMPLIED = { implied: true } as const;
const MEANT = { meant: true } as const;
const MARKED = { marked: true } as const;

function settleProc(draft: ProcDraft, changeable: Changeable): Proc {
  const code = draft.code.map(({ body, span, border, implied, meant, marked, identity }) => ({
    ...body,
    span,
    border: border && (body.op !== 'load' || changeable(identity)),
    ...(implied ? IMPLIED : NONE),
    ...(meant ? MEANT : NONE),
    ...(marked ? MARKED : NONE),
  }));
  const { name, params, locals, depth, span, origin } = draft;
  return { name, params, locals: locals.map((local) => ({ ...local })), depth, code, span, origin };
}

/** A local struct can exist once per thread and activation, and one more slot waits in quarantine. */
function settlePools(
  { pools, drafts, threads, numbering }: Pieces,
  procs: readonly ProcDraft[],
  graph: CallGraph,
): readonly Pool[] {
  const ownerProc = (owner: object): number => {
    const draft = drafts.get(owner);
    return draft === undefined ? -1 : procs.indexOf(draft);
  };
  return pools.drafts.map(({ name, struct, span, capacity, owner }): Pool => {
    const base = { name, struct: numbering.structs.number(struct), span };
    if (capacity !== null || owner === null)
      return { ...base, capacity: capacity ?? 1, lifetime: 'heap' };
    const proc = ownerProc(owner);
    const depth = procs[proc]?.depth ?? 1;
    const users = threads.filter((thread) => graph.reaches(thread.proc, proc)).length;
    return { ...base, capacity: users * depth + 1, lifetime: 'scope' };
  });
}

/** Every instance of its element struct fits into a list. */
function listBound(
  { objects, pools, input }: Pieces,
  settled: readonly Pool[],
): (struct: StructInfo) => number {
  return (struct) => {
    const fixed = objects.drafts.map((draft) => countOf(struct, draft.type, input.problems));
    const pooled = pools.drafts.map(
      (pool, i) =>
        (settled[i]?.capacity ?? 0) *
        countOf(struct, { kind: 'struct', struct: pool.struct }, input.problems),
    );
    return Math.max(
      1,
      [...fixed, ...pooled].reduce((sum, count) => sum + count, 0),
    );
  };
}

/** Types last: every piece before may have numbered another one, and structs number more while they are laid out. */
function settleTypes(
  { numbering, pools, input }: Pieces,
  bound: (struct: StructInfo) => number,
): Pick<Program, 'structs' | 'enums' | 'opsInterfaces' | 'opsTables'> {
  const { problems } = input;
  const structs: StructType[] = [];
  for (let i = 0; i < numbering.structs.items.length; i++) {
    const struct = numbering.structs.items[i];
    if (struct === undefined) break;
    const cells = structCells(struct, pools.standIns, problems).map((cell) => ({
      name: cell.name,
      type: numbering.cell(cell.type, cell.field, bound),
      initial: numbering.initial(cell.initial),
      ...(cell.guard === null ? {} : { guard: cell.guard }),
    }));
    structs.push({ name: struct.name, cells });
  }
  const opsTables = numbering.tables.items.map((table) => {
    const procs = tableProcs(table, problems).map((proc) =>
      proc === null ? null : numbering.procs.number(proc),
    );
    return {
      name: table.name,
      ops: table.ops === null ? 0 : numbering.ops.number(table.ops),
      procs,
    };
  });
  return {
    structs,
    opsTables,
    enums: numbering.enums.items.map(({ name, members }) => ({ name, members })),
    opsInterfaces: numbering.ops.items.map((ops) => ({
      name: ops.name,
      slots: slotsOf(ops, problems).map((s) => s.name),
    })),
  };
}

function settleMirror(mirror: MirrorDraft, numbering: Numbering): Mirror {
  const { name, device, pageTable, pages, owed, at } = mirror;
  return { name, device, pageTable, pages, owed, span: numbering.span(at.source, at.node) };
}

function checkSize(
  program: Pick<Program, 'pools' | 'procs'>,
  { pools, objects, input }: Pieces,
): void {
  const { problems, scenario, source } = input;
  const at = { source, node: scenario.title };
  const pooled = pools.drafts.map(
    (pool, i) =>
      (program.pools[i]?.capacity ?? 0) * structCells(pool.struct, pools.standIns, problems).length,
  );
  const cells = pooled.reduce((sum, count) => sum + count, objects.cells);
  if (cells > limits.cells)
    problems.error(
      'HMM2019',
      at,
      `${cells} cells of memory; the limit is ${limits.cells}`,
      'make pools and arrays smaller',
    );
  const instructions = program.procs.reduce((sum, proc) => sum + proc.code.length, 0);
  const long = program.procs.some((proc) => proc.code.length >= limits.instructions);
  if (instructions > limits.instructions || long)
    problems.error(
      'HMM2019',
      at,
      `${instructions} instructions; the limit is ${limits.instructions}`,
    );
}
