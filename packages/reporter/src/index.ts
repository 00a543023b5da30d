// SPDX-License-Identifier: MIT
/**
 * Verdict, Program and sources to reports: plain data first, then text.
 *
 *     const report = reportFinding(program, verdict, 0, sources, { scenario: instance.name });
 *     const text = renderTerminal(report, { width: 100, color: false });
 */

export type {
  Choice,
  CodeFrame,
  Comparison,
  FindingReport,
  FoldRow,
  HeldLock,
  History,
  Location,
  LockPicture,
  Milestone,
  MirrorRow,
  MirrorWindow,
  Moment,
  ProblemReport,
  RacingPair,
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
export { renderMail } from './render/mail.ts';
export { renderMarkdown } from './render/markdown.ts';
export type { SvgOptions } from './render/svg.ts';
export { renderSvg } from './render/svg.ts';
export type { ReportDocument } from './render/json.ts';
export { REPORT_VERSION, renderJson } from './render/json.ts';
export { renderSurvey } from './render/survey.ts';
export type { ScheduleTexts } from './render/schedule-texts.ts';
export { scheduleTexts } from './render/schedule-texts.ts';
export { renderSchedule } from './render/schedule.ts';
export { shellLines } from './render/shell-words.ts';
export { progressText } from './progress-text.ts';
export { renderSummary } from './summary.ts';
export type { PlainStep } from './plain-schedule.ts';
export { plainSchedule, scheduleLines } from './plain-schedule.ts';
export type { Area } from './code-frame.ts';
export { codeFrame } from './code-frame.ts';
export { renderCodeFrame } from './render/code-frame.ts';
export { proseLines } from './render/text-width.ts';
export { visible } from './render/visible.ts';
