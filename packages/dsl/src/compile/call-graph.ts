// SPDX-License-Identifier: MIT
/** Who may call whom, callbacks included. */

import { tableProcs } from '../check/signature.ts';
import { Problems } from '../check/problems.ts';
import type { Numbering } from './numbering.ts';
import type { ProcDraft } from './proc.ts';

export interface CallGraph {
  /** Whether a thread that begins with `from` may run `to`. */
  reaches(from: number, to: number): boolean;
}

/** A call through an ops table may go to that slot of any table; a worker to any work function. */
export function createCallGraph(procs: readonly ProcDraft[], numbering: Numbering): CallGraph {
  const silent = new Problems();
  const callees = procs.map((draft) =>
    draft.code.flatMap(({ body }): readonly number[] => {
      if (body.op === 'call') return [body.proc];
      if (body.op === 'call-work')
        return [...numbering.workFunctions].map((proc) => numbering.procs.number(proc));
      if (body.op !== 'call-ops') return [];
      return numbering.tables.items.flatMap((table) => {
        const proc = tableProcs(table, silent)[body.slot] ?? null;
        return proc === null ? [] : [numbering.procs.number(proc)];
      });
    }),
  );
  const reached = new Map<number, ReadonlySet<number>>();
  const from = (start: number): ReadonlySet<number> => {
    const known = reached.get(start);
    if (known !== undefined) return known;
    const seen = new Set([start]);
    for (const proc of seen) for (const callee of callees[proc] ?? []) seen.add(callee);
    reached.set(start, seen);
    return seen;
  };
  return { reaches: (start, to) => from(start).has(to) };
}
