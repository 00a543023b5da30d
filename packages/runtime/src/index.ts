// SPDX-License-Identifier: MIT
/** The runtime: reference interpreter, search, schedules. Data contracts are in `@hmmlab/runtime/program`. */

export type {
  Change,
  Ending,
  Environmental,
  Hold,
  Machine,
  Occurrence,
  StepRecord,
  StepResult,
  Transition,
} from './interpreter/machine.ts';
export { createInterpreter } from './interpreter/interpreter.ts';
export type { Schedule } from './schedule/schedule.ts';
export type { Replay, ReplayError, Trace, TraceHold, TraceStep } from './schedule/trace.ts';
export { decodeSchedule, encodeSchedule, programHash } from './schedule/codec.ts';
export { replay } from './schedule/replay.ts';
export type { MirrorPage } from './schedule/mirror-pages.ts';
export { mirrorPages } from './schedule/mirror-pages.ts';
export type { Named, Snapshot, SnapshotFrame, SnapshotThread } from './schedule/snapshot.ts';
export { snapshot } from './schedule/snapshot.ts';
export type { Pace, TimeLeft } from './explore/search-pace.ts';
export { SearchPace } from './explore/search-pace.ts';
export type { Progress, Search, SearchOptions } from './explore/search.ts';
export { canCheckpoint, createSearch } from './explore/create-search.ts';
export type { Checkpoint, CheckpointHeader, CheckpointTables } from './explore/checkpoint.ts';
export type { Refusal, Resumed } from './explore/resume-search.ts';
export { resumeSearch } from './explore/resume-search.ts';
export type { SizeLine, SizePart, SizeReport } from './explore/size-study.ts';
export { SizeStudy } from './explore/size-study.ts';
export { mayGenerateCode } from './engine/walker.ts';
export type { Condition, Outcome, Statement, Survey } from './explore/survey.ts';
export { Surveyor } from './explore/survey.ts';
export { coverageProblems } from './explore/coverage-problems.ts';
