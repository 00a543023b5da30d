// SPDX-License-Identifier: MIT
/** Who may call whom, callbacks included. */

import { tableProcs } from '../check/signature.ts';
import { Problems } from '../check/problems.ts';
import type { Numbering } from './numbering.ts';
import type { ProcDraft } from './proc.ts';

export interface CallGraph {
  /** Whether a thread that begins with `from` may run `to`. */
  reaches(from: number, to: number): boolean;
  /** What threads that begin with these may run. */
  running(starts: readonly number[]): ReadonlySet<number>;
}

/** A call through an ops table may go to that slot of any table; a worker to any work function. */
export function createCallGraph(procs: readonly ProcDraft[], numbering: Numbering): CallGraph {
  const silent = new Problems(Infinity);
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
  const running = (starts: readonly number[]): ReadonlySet<number> => {
    const seen = new Set(starts);
    for (const proc of seen) for (const callee of callees[proc] ?? []) seen.add(callee);
    return seen;
  };
  const reached = new Map<number, ReadonlySet<number>>();
  const from = (start: number): ReadonlySet<number> => {
    const known = reached.get(start) ?? running([start]);
    reached.set(start, known);
    return known;
  };
  return { reaches: (start, to) => from(start).has(to), running };
}
