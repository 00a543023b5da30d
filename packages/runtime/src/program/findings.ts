// SPDX-License-Identifier: MIT
/** The catalogue of codes that the runtime owns: findings (4xxx), limits (5xxx), schedules (6xxx), our bugs (9xxx). */

export interface CodeRow {
  readonly code: string;
  readonly name: string;
  /** What it means, one line. */
  readonly title: string;
}

// table
export const findingRows = [
  {
    code: 'HMM4001',
    name: 'assertion',
    title: 'an assertion of the scenario or of kernel code is false',
  },
  { code: 'HMM4002', name: 'invariant', title: 'an invariant is false in a reachable state' },
  { code: 'HMM4003', name: 'outcome', title: 'a final state breaks an always or never' },
  { code: 'HMM4010', name: 'null_dereference', title: 'an access through a NULL reference' },
  {
    code: 'HMM4011',
    name: 'integer_out_of_range',
    title: 'a value outside the declared range of its variable',
  },
  { code: 'HMM4012', name: 'index_out_of_range', title: 'an array index outside the array' },
  {
    code: 'HMM4013',
    name: 'call_depth',
    title: 'more nested activations of a proc than it declares',
  },
  {
    code: 'HMM4014',
    name: 'local_divergence',
    title: 'a thread loops for ever without a visible action',
  },
  { code: 'HMM4015', name: 'division_by_zero', title: 'a division or remainder by zero' },
  {
    code: 'HMM4016',
    name: 'wild_reference',
    title: 'container_of leads out of the object it was given',
  },
  {
    code: 'HMM4020',
    name: 'data_race',
    title: 'two accesses to a variable, one of them a write, that nothing orders',
  },
  {
    code: 'HMM4021',
    name: 'unguarded_access',
    title: 'an access to a guarded field without the lock that guards it',
  },
  {
    code: 'HMM4022',
    name: 'contract',
    title: 'a caller breaks a rule of the interface that it calls',
  },
  { code: 'HMM4101', name: 'deadlock', title: 'threads wait for each other and nobody can go on' },
  {
    code: 'HMM4102',
    name: 'self_deadlock',
    title: 'a thread waits for a lock that it holds itself',
  },
  {
    code: 'HMM4103',
    name: 'partial_deadlock',
    title: 'a thread can never go on although others run for ever',
  },
  {
    code: 'HMM4104',
    name: 'unlock_not_held',
    title: 'a thread releases a lock that it does not hold',
  },
  {
    code: 'HMM4105',
    name: 'unlock_by_non_owner',
    title: 'a thread releases a lock that another thread holds',
  },
  { code: 'HMM4106', name: 'lock_held_at_exit', title: 'a thread ends and still holds a lock' },
  { code: 'HMM4107', name: 'sleep_in_atomic', title: 'a sleeping operation under a spinlock' },
  {
    code: 'HMM4108',
    name: 'block_in_non_blockable',
    title: 'a sleeping operation inside a non-blockable notifier',
  },
  {
    code: 'HMM4109',
    name: 'lost_wakeup',
    title: 'a thread sleeps for ever although it was woken, or what it waits for is true',
  },
  {
    code: 'HMM4110',
    name: 'stalled_until_timeout',
    title: 'nobody can go on until a timed wait expires',
  },
  {
    code: 'HMM4111',
    name: 'livelock',
    title: 'threads take steps for ever, treated fairly, and get nowhere',
  },
  {
    code: 'HMM4112',
    name: 'starvation',
    title: 'what an eventually waits for never comes, although every thread is treated fairly',
  },
  {
    code: 'HMM4201',
    name: 'stale_mapping',
    title: 'a device keeps a mapping that the CPU page table no longer permits',
  },
  { code: 'HMM4202', name: 'use_after_free', title: 'an access to an object that is gone' },
  { code: 'HMM4203', name: 'double_free', title: 'an object is freed twice' },
  {
    code: 'HMM4204',
    name: 'refcount_underflow',
    title: 'a reference is dropped that nobody holds',
  },
  { code: 'HMM4205', name: 'refcount_overflow', title: 'a reference count grows beyond its bound' },
  {
    code: 'HMM4206',
    name: 'leak',
    title: 'an object, a registration or a reference is left behind at the end',
  },
  {
    code: 'HMM4207',
    name: 'list_corruption',
    title: 'an entry is added to a list twice or removed without being in it',
  },
  {
    code: 'HMM4208',
    name: 'poisoned_entry',
    title: 'the way along a list goes on from an entry that is not on it',
  },
] as const;

/** `deadlock`, `stale_mapping`, ... */
export type FindingName = (typeof findingRows)[number]['name'];

// table
const problemRows: readonly CodeRow[] = [
  { code: 'HMM4901', name: 'not_found', title: 'an expected finding is not reachable' },
  {
    code: 'HMM4902',
    name: 'never_happens',
    title: 'a sometimes condition is true in no final state',
  },
  {
    code: 'HMM4903',
    name: 'statement_not_reached',
    title: 'a statement of the scenario runs in no schedule',
  },
  { code: 'HMM4904', name: 'unreached_reached', title: 'a statement marked unreached does run' },
  { code: 'HMM4905', name: 'vacuous', title: 'a condition over final states was judged on none' },
  {
    code: 'HMM4906',
    name: 'schedule_not_possible',
    title: 'no run can begin as the scenario says',
  },
];

// table
const limitRows: readonly CodeRow[] = [
  { code: 'HMM5001', name: 'state-limit', title: 'the search stopped at its limit of states' },
  { code: 'HMM5002', name: 'memory-limit', title: 'the search stopped at its limit of memory' },
  { code: 'HMM5003', name: 'time-limit', title: 'the search stopped at its time limit' },
  {
    code: 'HMM5004',
    name: 'pool-exhausted',
    title: 'a pool, list or counter of the model is too small',
  },
  {
    code: 'HMM5005',
    name: 'instruction-limit',
    title: 'one transition runs too many local instructions',
  },
  { code: 'HMM5006', name: 'interrupted', title: 'the search was interrupted' },
  {
    code: 'HMM5007',
    name: 'unbounded-loop',
    title: 'a schedule without an end, which traces cannot explore',
  },
];

// table
const scheduleRows: readonly CodeRow[] = [
  { code: 'HMM6001', name: 'schedule-version', title: 'a schedule of another version' },
  { code: 'HMM6002', name: 'schedule-malformed', title: 'a text that is no schedule' },
  { code: 'HMM6003', name: 'schedule-program', title: 'a schedule of another program' },
  {
    code: 'HMM6004',
    name: 'schedule-not-enabled',
    title: 'a schedule takes a transition that is not enabled',
  },
];

// table
const bugRows: readonly CodeRow[] = [
  { code: 'HMM9001', name: 'internal', title: 'a mistake of hmmlab itself' },
];

/** Every code of the runtime. */
export const runtimeCodes: readonly CodeRow[] = [
  ...findingRows,
  ...problemRows,
  ...limitRows,
  ...scheduleRows,
  ...bugRows,
];

const findingCodes: ReadonlyMap<string, string> = new Map(
  findingRows.map((row) => [row.name, row.code]),
);

/** `findingCode('deadlock')` is `HMM4101`; undefined for a word that names no finding. */
export function findingCode(name: string): string | undefined {
  return findingCodes.get(name);
}
