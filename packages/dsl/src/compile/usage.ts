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
  /** By where they begin, as no two of one file begin at one place: numbers are found faster than nodes. */
  readonly #reached = new Set<number>();
  readonly #unreached = new Map<number, { readonly at: At; readonly what: string }>();

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
    if (reached) this.#reached.add(at.node.start);
    else this.#unreached.set(at.node.start, { at, what });
  }

  report(problems: Problems): void {
    for (const [node, { at, what, help }] of this.#declared)
      if (!this.#used.has(node)) problems.warning('HMM2024', at, what, help);
    for (const [start, { at, what }] of this.#unreached)
      if (!this.#reached.has(start)) problems.warning('HMM2023', at, what);
  }
}
