// SPDX-License-Identifier: MIT
/** The .hmm language: text to syntax tree, to checked Programs. Uses no file system; see `./node`. */

export type { Compilation, CompiledScenario, Host, Instance, ScenarioMode } from './api.ts';
export type { Diagnostic, Place } from './diagnostics.ts';
export { dslCodes } from './codes.ts';
export { compile } from './compile/compile.ts';
export { flattenProfile } from './load/flatten.ts';
export type { FlatDefinition, FlattenedProfile, Flattening } from './load/flatten.ts';
export type * from './syntax/ast.ts';
export { parse } from './syntax/parse.ts';
export type { ParseResult } from './syntax/parse.ts';
