// SPDX-License-Identifier: MIT
/** The one object that `hmm run --json` prints. Its shape is documented in docs/command.md. */

import type { Diagnostic } from '@hmmlab/dsl';
import { plainSchedule } from '@hmmlab/reporter';
import { replay } from '@hmmlab/runtime';
import type { Coverage, Finding, Program, Verdict } from '@hmmlab/runtime/program';
import type { CliError } from './codes.ts';
import type { NotRun } from './plan-run.ts';
import type { InstanceResult } from './run-scenario.ts';

/** A complaint with its place; options and unreadable files have none. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

/** One step of a schedule. */
export interface JsonStep {
  readonly thread: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** A finding, expected or not. */
export interface JsonFinding {
  readonly code: string;
  readonly name: string;
  readonly thread: string | null;
  readonly object: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly expected: boolean;
  readonly counterexample: {
    readonly schedule: string;
    readonly minimal: boolean;
    readonly preemptions: number;
    readonly loop: number | null;
    readonly steps: readonly JsonStep[];
  };
}

/** One instance of a scenario, or a file that does not compile (`invalid`, without verdict). */
export interface JsonScenario {
  readonly file: string;
  readonly name: string;
  /** Text of the scenario's `///` lines, or null. */
  readonly doc: string | null;
  readonly tags: readonly string[];
  readonly params: Program['params'];
  readonly profile: string | null;
  readonly outcome: Verdict['outcome'] | 'invalid';
  readonly verdict: {
    readonly kind: Verdict['kind'];
    readonly why: string | null;
    readonly assumptions: readonly string[];
    readonly coverage: Omit<Coverage, 'finalStates'>;
  } | null;
  readonly findings: readonly JsonFinding[];
  /** What limits the verdict or the search: checks that were not done, statements hidden behind a finding. */
  readonly warnings: readonly string[];
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly milliseconds: number;
}

/** The object. `diagnostics` are about options and files, the scenarios' own are with them. */
export interface JsonOutput {
  readonly version: string;
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly scenarios: readonly JsonScenario[];
  readonly notRun: readonly NotRun[];
}

/** The entry of one instance; `warnings` are those of the whole run. */
export function jsonScenario(result: InstanceResult, warnings: readonly string[]): JsonScenario {
  const { file, name, doc, tags, program, verdict, milliseconds } = result;
  const { kind, why, assumptions, outcome } = verdict;
  const { finalStates: _, ...coverage } = verdict.coverage;
  return {
    file,
    name,
    doc,
    tags,
    params: program.params,
    profile: program.profile,
    outcome,
    verdict: {
      kind,
      why,
      assumptions,
      coverage,
    },
    findings: verdict.findings.map((finding) => jsonFinding(program, finding)),
    warnings: [...warnings, ...warningsOf(program, verdict)],
    diagnostics: verdict.problems.map(({ code, message, span }) => ({
      code,
      severity: 'error',
      ...placeOf(program, span),
      message,
    })),
    milliseconds,
  };
}

/** The entry of a file that does not compile. */
export function jsonInvalid(file: string, diagnostics: readonly JsonDiagnostic[]): JsonScenario {
  return {
    file,
    name: file,
    doc: null,
    tags: [],
    params: [],
    profile: null,
    outcome: 'invalid',
    verdict: null,
    findings: [],
    warnings: [],
    diagnostics,
    milliseconds: 0,
  };
}

/** A diagnostic of the language. */
export function jsonDiagnostic({ code, severity, message, place }: Diagnostic): JsonDiagnostic {
  const { file, line, column } = place;
  return { code, severity, file, line, column, message };
}

/** An error of the command line. */
export function jsonCliError({ code, message, place }: CliError): JsonDiagnostic {
  const nowhere = { file: null, line: null, column: null };
  return { code, severity: 'error', ...(place ?? nowhere), message };
}

function jsonFinding(program: Program, finding: Finding): JsonFinding {
  const { code, name, thread, object, span, expectedBy, counterexample } = finding;
  const { schedule, minimal, preemptions, loop } = counterexample;
  const result = replay(program, schedule);
  const steps = result.kind === 'trace' ? plainSchedule(program, result.trace) : [];
  return {
    code,
    name,
    thread,
    object,
    ...placeOf(program, span),
    expected: expectedBy !== null,
    counterexample: {
      schedule,
      minimal,
      preemptions,
      loop,
      steps: steps.map(({ thread: who, file, line, column, text }) => ({
        thread: who,
        file,
        line,
        column,
        text,
      })),
    },
  };
}

function warningsOf(program: Program, { notChecked, hidden }: Verdict): readonly string[] {
  const unchecked = notChecked.map((check) => `not checked: ${check}`);
  const behind = hidden.map((span) => {
    const { file, line, column } = placeOf(program, span);
    return `hidden behind an expected finding: ${file}:${line}:${column}`;
  });
  return [...unchecked, ...behind];
}

function placeOf(
  program: Program,
  { file, line, column }: Program['span'],
): { readonly file: string; readonly line: number; readonly column: number } {
  return { file: program.sources[file] ?? '?', line, column };
}
