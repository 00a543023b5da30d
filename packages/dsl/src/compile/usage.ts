// SPDX-License-Identifier: MIT
/** What the compiled file declares and what of it is used, over all instances of its scenarios. */

import type { At, Problems } from '../check/problems.ts';
import type { Node } from '../syntax/ast.ts';

export class Usage {
  readonly #declared = new Map<
    Node,
    { readonly at: At; readonly what: string; readonly help: string | null }
  >();
  readonly #used = new Set<Node>();
  readonly #statements = new Map<
    Node,
    { readonly at: At; reached: boolean; readonly what: string }
  >();

  /** A declaration that should be used in some instance. */
  declare(at: At, what: string, help: string | null = null): void {
    if (at.source.own && !this.#declared.has(at.node))
      this.#declared.set(at.node, { at, what, help });
  }

  use(node: Node): void {
    this.#used.add(node);
  }

  /** A statement (or thread) that control flow should reach in some instance. */
  reach(at: At, reached: boolean, what = 'this statement is never reached'): void {
    if (!at.source.own) return;
    const known = this.#statements.get(at.node);
    if (known === undefined) this.#statements.set(at.node, { at, reached, what });
    else known.reached ||= reached;
  }

  report(problems: Problems): void {
    for (const [node, { at, what, help }] of this.#declared)
      if (!this.#used.has(node)) problems.warning('HMM2024', at, what, help);
    for (const { at, reached, what } of this.#statements.values())
      if (!reached) problems.warning('HMM2023', at, what);
  }
}
