// SPDX-License-Identifier: MIT
/** What one instance of a scenario is compiled from. */

import type { Problems } from '../check/problems.ts';
import type { Elsewhere } from '../load/elsewhere.ts';
import type { Source } from '../load/source.ts';
import type { World } from '../load/world.ts';
import type { Expr, Scenario, ScenarioLoop } from '../syntax/ast.ts';
import type { Usage } from './usage.ts';
import type { WorldScopes } from './world-scopes.ts';

/** A loop parameter with its value in this instance. */
export interface Parameter {
  readonly loop: ScenarioLoop;
  readonly value: Expr;
  /** As printed: the value of a string, else as written. */
  readonly text: string;
}

export interface InstanceInput {
  readonly scenario: Scenario;
  readonly source: Source;
  /** With the top-level definitions of the file and its imports. */
  readonly scopes: WorldScopes;
  readonly world: World;
  readonly parameters: readonly Parameter[];
  /** What `under` of an expectation may call this world. */
  readonly worldNames: readonly string[];
  /** The same of all instances. */
  readonly worlds: readonly string[];
  readonly problems: Problems;
  readonly usage: Usage;
  readonly elsewhere: Elsewhere;
}
