// SPDX-License-Identifier: MIT
/** Collects `///` lines for the token they stand above. A blank line between parts them. */

export class DocComments {
  /** Text by the offset of the token below. */
  readonly found: Map<number, string> = new Map();
  #lines: string[] = [];
  #newlines = 0;

  newline(): void {
    this.#newlines++;
    if (this.#newlines > 1) this.#lines = [];
  }

  /** @param comment a whole comment that stands alone on its line; one behind code is passed as `//` */
  comment(comment: string): void {
    this.#newlines = 0;
    if (/^\/{3}(?!\/)/.test(comment))
      this.#lines.push(comment.slice(3).replace(/^ /, '').trimEnd());
  }

  /** A token begins at `offset`: what has been collected is about it. */
  attach(offset: number): void {
    if (this.#lines.length > 0) this.found.set(offset, this.#lines.join('\n'));
    this.#lines = [];
  }
}
