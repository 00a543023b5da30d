// SPDX-License-Identifier: MIT
/** Releasing a reader/writer semaphore: each release must match a hold, as lockdep counts them. */

import type { Draft } from '../interpreter/draft.ts';
import { RaisedFinding } from '../interpreter/raised.ts';
import type { RwsemValue } from '../interpreter/values.ts';
import { NOBODY, NON_OWNER } from '../interpreter/values.ts';
import type { Call, Primitive } from './primitive.ts';
import { always, operand, without } from './primitive.ts';

const read = (draft: Draft, call: Call): RwsemValue => draft.compound(operand(call, 0), 'rwsem');

function upRead(draft: Draft, call: Call, holder: number): null {
  const address = operand(call, 0);
  const sem = read(draft, call);
  if (!sem.readers.includes(holder)) {
    const name = draft.cellName(address);
    const text = `${name} is released for reading, but ${draft.world.printer.thread(holder)} does not hold it`;
    throw new RaisedFinding('unlock_not_held', name, text);
  }
  draft.poke(address, settled({ ...sem, readers: without(sem.readers, holder) }));
  return null;
}

function requireWriter(draft: Draft, call: Call): RwsemValue {
  const sem = read(draft, call);
  if (sem.writer === call.thread) return sem;
  const name = draft.cellName(operand(call, 0));
  if (sem.writer === NOBODY) {
    const text = `${name} is released for writing, but nobody holds it for writing`;
    throw new RaisedFinding('unlock_not_held', name, text);
  }
  const owner = draft.world.printer.thread(sem.writer);
  const text = `${name} is released for writing, but ${owner} holds it`;
  throw new RaisedFinding('unlock_by_non_owner', name, text);
}

function upWrite(draft: Draft, call: Call): null {
  draft.poke(operand(call, 0), settled({ ...requireWriter(draft, call), writer: NOBODY }));
  return null;
}

/** The writer becomes a reader at once; readers at the head of the queue may then enter. */
function downgradeWrite(draft: Draft, call: Call): null {
  const sem = requireWriter(draft, call);
  draft.poke(operand(call, 0), { ...sem, writer: NOBODY, readers: [call.thread] });
  return null;
}

/** Without waiters nobody has been overtaken. */
function settled(sem: RwsemValue): RwsemValue {
  return sem.queue.length === 0 ? { ...sem, overtaken: false, handoff: false } : sem;
}

export const rwsemUnlocks: ReadonlyMap<string, Primitive> = new Map<string, Primitive>([
  ['up_read', always((draft, call) => upRead(draft, call, call.thread))],
  ['up_read_non_owner', always((draft, call) => upRead(draft, call, NON_OWNER))],
  ['up_write', always(upWrite)],
  ['downgrade_write', always(downgradeWrite)],
]);
