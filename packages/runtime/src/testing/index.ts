// SPDX-License-Identifier: MIT
/** Builders and walkers for tests of packages above the runtime. Not part of its public surface. */

export type { Walk } from './all-schedules.ts';
export { walkAllSchedules } from './all-schedules.ts';
export type { Price, ScheduleCount } from './count-schedules.ts';
export { countSchedules, delays, preemptions } from './count-schedules.ts';
export type { TraceCount } from './count-traces.ts';
export { countTraces } from './count-traces.ts';
export { stopsAtFailures, withDeadLocals } from './as-others-count.ts';
export type { GraphMeasures } from './measure-graph.ts';
export { exhaustiveGraph, measureGraph, wholeGraph } from './measure-graph.ts';
export type { Expansion } from './engine-verdict.ts';
export { engineVerdict } from './engine-verdict.ts';
export type { CellRef, LocalRef, Operand } from './program-builder.ts';
export {
  binary,
  buildProgram,
  CodeBuilder,
  compare,
  ProgramBuilder,
  toExpr,
  valueOf,
} from './program-builder.ts';
export { compileAbstract } from './oracle-compile.ts';
export type { AbstractProgram } from './oracle-program.ts';
export type { Choose, Topic } from './oracle-programs.ts';
export { fromTape, randomProgram, topicNames } from './oracle-programs.ts';
export type { PlainGraph } from './plain-graph.ts';
export { engineGraph, naiveGraph } from './plain-graph.ts';
export type { Questions } from './asked.ts';
export { asked, randomQuestions } from './asked.ts';
