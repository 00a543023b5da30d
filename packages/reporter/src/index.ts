// SPDX-License-Identifier: MIT
/**
 * Verdict, Program and sources to reports: plain data first, then text.
 *
 *     const report = reportFinding(program, verdict, 0, sources, { scenario: instance.name });
 *     const text = renderTerminal(report, { width: 100, color: false });
 */

export type {
  CodeFrame,
  Comparison,
  FindingReport,
  FoldRow,
  HeldLock,
  Location,
  ProblemReport,
  Report,
  Row,
  Sign,
  StepRow,
  Wait,
} from './report.ts';
export type { ReportInput } from './create-report.ts';
export { createReport } from './create-report.ts';
export type { ReportOptions } from './report-finding.ts';
export { reportFinding } from './report-finding.ts';
export { reportProblem } from './report-problem.ts';
export type { TerminalOptions } from './render/terminal.ts';
export { renderTerminal } from './render/terminal.ts';
export { renderSummary } from './summary.ts';
export type { PlainStep } from './plain-schedule.ts';
export { plainSchedule, scheduleLines } from './plain-schedule.ts';
export type { Area } from './code-frame.ts';
export { codeFrame } from './code-frame.ts';
export { renderCodeFrame } from './render/code-frame.ts';
export { proseLines } from './render/text-width.ts';
export { visible } from './render/visible.ts';
