// SPDX-License-Identifier: MIT
/** Threads of a Program: those of the scenario, then a worker per workqueue. */

import type { Expr, Thread } from '@hmmlab/runtime/program';
import { limits } from '../check/limits.ts';
import type { Problems } from '../check/problems.ts';
import type { ThreadInfo } from '../check/symbols.ts';
import { Code } from './code.ts';
import type { Numbering } from './numbering.ts';
import type { ProcDraft } from './proc.ts';
import type { WorkqueueDraft } from './worlds.ts';

/** A thread whose observed locals are known only after the expectations are compiled. */
export type ThreadDraft = Omit<Thread, 'observed'> & { readonly observed: ReadonlySet<number> };

export interface ThreadsContext {
  readonly numbering: Numbering;
  readonly problems: Problems;
  readonly drafts: Map<object, ProcDraft>;
  /** Numbers a proc that the compiler makes, then makes it. */
  made(name: string, make: () => ProcDraft): number;
  body(thread: ThreadInfo): ProcDraft;
}

const NOTHING: ReadonlySet<number> = new Set();

/** Compiles every thread's body; those switched off in this instance are only checked. */
export function compileThreads(
  threads: readonly ThreadInfo[],
  workqueues: readonly WorkqueueDraft[],
  context: ThreadsContext,
): readonly ThreadDraft[] {
  const { numbering, problems } = context;
  const present = threads.flatMap((thread) => {
    if (!thread.present) {
      context.body(thread);
      return [];
    }
    const proc = context.made(thread.name, () => {
      const draft = context.body(thread);
      context.drafts.set(thread, draft);
      return draft;
    });
    const span = numbering.span(thread.at.source, thread.at.node);
    const kind = thread.def.daemon ? 'daemon' : 'task';
    const base = { proc, kind, workqueue: null, observed: thread.observed, span } as const;
    if (thread.count === null) return [{ ...base, name: thread.name, args: [] }];
    return Array.from({ length: thread.count }, (_, i) => ({
      ...base,
      name: `${thread.name}[${i}]`,
      args: [i],
    }));
  });
  for (const { object } of workqueues)
    if (threads.some((thread) => thread.name === object.name))
      problems.error(
        'HMM2002',
        object.at,
        `a thread is called \`${object.name}\` too`,
        'the worker of a queue has the name of the queue: choose another',
      );
  const workers = workqueues.flatMap((workqueue) => workersOf(workqueue, context));
  const [extra] = [...present, ...workers].slice(limits.threads);
  const last = threads.at(-1);
  if (extra !== undefined && last !== undefined)
    problems.error(
      'HMM2019',
      last.at,
      `${present.length + workers.length} threads; the limit is ${limits.threads}`,
    );
  return [...present, ...workers];
}

/** For ever: take an item, run its function, report it done. */
function workersOf(
  { object, workers, at }: WorkqueueDraft,
  context: ThreadsContext,
): readonly ThreadDraft[] {
  const { numbering } = context;
  const span = numbering.span(at.source, at.node);
  const code = new Code();
  const work = code.local('work', { kind: 'ref', to: { kind: 'primitive', primitive: 'work' } });
  const queue: Expr = { kind: 'object', object: object.first, cell: 0 };
  const item: Expr = { kind: 'local', slot: work };
  const head = code.label();
  code.bind(head, true);
  code.emit({ op: 'primitive', name: 'worker_take', args: [queue], to: work }, span, {
    border: true,
  });
  code.emit({ op: 'call-work', work: item }, span);
  code.emit({ op: 'primitive', name: 'worker_done', args: [queue, item], to: null }, span, {
    border: true,
  });
  code.jump(head, span);
  const proc = context.made(object.name, () => ({
    name: object.name,
    params: 0,
    locals: code.locals,
    depth: 1,
    code: code.finish(),
    exposed: code.exposed,
    span,
    origin: 'library',
  }));
  return Array.from({ length: workers }, (_, i) => ({
    name: workers === 1 ? object.name : `${object.name}[${i}]`,
    proc,
    args: [],
    kind: 'worker',
    workqueue: { object: object.first, cell: 0 },
    observed: NOTHING,
    span,
  }));
}
