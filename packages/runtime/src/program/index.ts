// SPDX-License-Identifier: MIT
/** The contract between front ends, runtime and reports: data only, no behaviour. */

export type * from './program.ts';
export type { CheckName, CheckRow } from './checks.ts';
export { checkRows, usualChecks } from './checks.ts';
export { PROGRAM_VERSION } from './program.ts';
export type * from './verdict.ts';
export type { OpRow, OperandKind, ResultKind } from './op-table.ts';
export { opTable } from './op-table.ts';
export type { CodeRow, FindingName } from './findings.ts';
export { findingCode, findingRows, runtimeCodes } from './findings.ts';
export { applyBinary, applyUnary } from './arithmetic.ts';
export type { PteKind } from './page-table-entry.ts';
export {
  PRESENT_KINDS,
  PTE_KINDS,
  isPresent,
  pteFrame,
  pteKind,
  pteKindNumber,
  pteText,
} from './page-table-entry.ts';
export { errnoNumbers } from './errno.ts';
export { formatProgram } from './format-program.ts';
export { instructionText } from './instruction-text.ts';
