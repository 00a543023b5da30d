// SPDX-License-Identifier: MIT
/** Syntax tree and text to the formatter's own tree. */

import type { File } from '../syntax/ast.ts';
import { type Atom, atomsOf } from './atoms.ts';
import {
  type Body,
  type Comment,
  type CommentRow,
  spreadKinds,
  type Element,
  type Entry,
  type Part,
} from './layout.ts';
import { type Placed, roleOf, spaceBetween } from './spacing.ts';
import { type Child, childrenOf, type TreeNode } from './tree.ts';

/** Lays a whole file out. Every token but separators, and every comment, is in the result once. */
export function build(ast: File, text: string): Body {
  return new Builder(text).file(ast);
}

/** What holds a list with commas in braces. */
const commaKinds: ReadonlySet<string> = new Set(['enum', 'ops-table', 'declarator']);

interface List {
  readonly opening: readonly Comment[];
  readonly entries: readonly Entry[];
}

/** Children of a node that have not been reached yet. */
class Children {
  readonly #children: readonly Child[];
  #next = 0;

  constructor(node: TreeNode) {
    this.#children = childrenOf(node);
  }

  /** The child that begins at `offset`. */
  at(offset: number): Child | undefined {
    while ((this.#children[this.#next]?.node.start ?? offset) < offset) this.#next++;
    const child = this.#children[this.#next];
    if (child?.node.start !== offset || child.node.end <= offset) return undefined;
    this.#next++;
    return child;
  }

  /** The child in this field, wherever it begins. */
  in(field: string): TreeNode | undefined {
    return this.#children.find((child) => child.field === field)?.node;
  }
}

class Builder {
  readonly #text: string;
  readonly #atoms: readonly Atom[];
  #at = 0;
  /** A stray semicolon parts the comment before it from what follows, also when it is gone. */
  #parted = false;
  /** What is known about the comments of this line. */
  #leads: { readonly until: number; readonly answer: boolean } = { until: -1, answer: false };
  /** The last word of the row being built. */
  #last: Placed | null = null;

  constructor(text: string) {
    this.#text = text;
    this.#atoms = atomsOf(text);
  }

  file(ast: File): Body {
    const list = this.#list(new Children(ast), false);
    return {
      kind: 'body',
      form: 'block',
      separator: ';',
      ...list,
      start: 0,
      end: this.#text.length,
    };
  }

  /** Elements and comments up to a `}` or the end of the file. */
  #list(children: Children, braces: boolean): List {
    const opening: Comment[] = [];
    const entries: Entry[] = [];
    let leading: Comment[] = [];
    this.#parted = false;
    for (let atom = this.#peek(); atom !== undefined && atom.text !== '}'; atom = this.#peek()) {
      const last = entries.at(-1);
      if (atom.comment) {
        const beside = last === undefined ? opening : trailingOf(last);
        const follows = atom.newlines === 0 && (braces || last !== undefined) && !endsLine(beside);
        if (this.#leadsNext()) leading.push(this.#comment());
        else if (follows) beside.push(this.#comment());
        else entries.push(this.#commentRow());
      } else if (isSeparator(atom)) {
        this.#at++;
        this.#parted ||= last?.kind === 'comments';
      } else {
        entries.push(this.#element(children.at(atom.start)?.node ?? null, leading, last));
        leading = [];
      }
    }
    return { opening, entries };
  }

  /** The `:` of a thread and what stands behind it. */
  #line(block: TreeNode): Body {
    this.#take();
    const children = new Children(block);
    const entries: Entry[] = [];
    let leading: Comment[] = [];
    for (
      let atom = this.#peek();
      atom !== undefined && atom.start < block.end;
      atom = this.#peek()
    ) {
      if (atom.comment) leading.push(this.#comment());
      else if (atom.text === ';') this.#at++;
      else {
        entries.push(this.#element(children.at(atom.start)?.node ?? null, leading, undefined));
        leading = [];
      }
    }
    const { start, end } = block;
    return { kind: 'body', form: 'line', separator: ';', opening: [], entries, start, end };
  }

  #element(node: TreeNode | null, leading: readonly Comment[], before: Entry | undefined): Element {
    const first = this.#peek();
    const start = node?.start ?? first?.start ?? 0;
    const blankBefore = this.#takeBlank(leading[0]?.before ?? first?.newlines ?? 0);
    const parts: Part[] = [];
    this.#last = null;
    if (node === null) this.#unknown(parts);
    else this.#row(node, 'list', parts);
    const end = node?.end ?? this.#atoms[this.#at - 1]?.end ?? start;
    const verbatim =
      before !== undefined && asksToIgnore(before) ? this.#text.slice(start, end) : null;
    const kind = node?.kind ?? 'unknown';
    return {
      kind: 'element',
      node: kind,
      parts,
      leading,
      trailing: [],
      verbatim,
      blankBefore,
      start,
      end,
    };
  }

  /** Tokens that belong to no node, up to the end of their line. */
  #unknown(parts: Part[]): void {
    const node = { kind: 'unknown', start: 0, end: 0 };
    do this.#word(node, parts, true);
    while (this.#continuesUnknown(this.#peek()));
  }

  #continuesUnknown(next: Atom | undefined): boolean {
    if (next === undefined || next.comment || next.newlines > 0) return false;
    return next.text !== '}' && next.text !== ';' && next.text !== ',';
  }

  /** All of a node, in the row of the element that it belongs to. */
  #row(node: TreeNode, owner: string, parts: Part[]): void {
    const children = new Children(node);
    let passed = false;
    for (
      let atom = this.#peek();
      atom !== undefined && atom.start < node.end;
      atom = this.#peek()
    ) {
      if (atom.comment) {
        parts.push(this.#comment());
        continue;
      }
      const child = children.at(atom.start);
      if (child !== undefined) {
        this.#child(node, child, parts);
        passed = true;
        continue;
      }
      const body = node.kind === 'thread' && atom.text === ':' ? children.in('body') : undefined;
      if (body !== undefined) parts.push(this.#line(body));
      else if (atom.text === '{') parts.push(this.#braces(node, owner, children));
      else if (isDropped(atom, node)) this.#at++;
      else this.#word(node, parts, passed);
    }
  }

  #child(parent: TreeNode, { field, node }: Child, parts: Part[]): void {
    const isStatement =
      field === 'body' || field === 'then' || field === 'else' || field === 'statement';
    const hangs = isStatement && parent.kind !== 'conditional' && node.kind !== 'block';
    if (hangs) parts.push({ kind: 'branch', element: this.#element(node, [], undefined) });
    else this.#row(node, parent.kind, parts);
  }

  #word(node: TreeNode, parts: Part[], passed: boolean): void {
    const atom = this.#take();
    const placed = { atom, role: roleOf(atom, node, passed) };
    const tight = atom.text === '[' && placed.role === 'postfix';
    parts.push({ kind: 'word', text: atom.text, space: spaceBetween(this.#last, placed), tight });
    this.#last = placed;
  }

  #braces(node: TreeNode, owner: string, children: Children): Body {
    const start = this.#take().end;
    const list = this.#list(children, true);
    const end = this.#take().start;
    const lines = this.#text.slice(start, end).includes('\n');
    const spread = spreadKinds.has(node.kind === 'block' ? owner : node.kind);
    const separator = commaKinds.has(node.kind) ? ',' : ';';
    this.#last = null;
    return {
      kind: 'body',
      form: lines || spread ? 'block' : 'inline',
      separator,
      ...list,
      start,
      end,
    };
  }

  #peek(): Atom | undefined {
    return this.#atoms[this.#at];
  }

  #take(): Atom {
    const atom = this.#atoms[this.#at++];
    if (atom === undefined) throw new Error('the formatter reads beyond the end of the file');
    return atom;
  }

  #comment(): Comment {
    const { text, start, end, newlines } = this.#take();
    const after = this.#peek()?.newlines ?? 1;
    return { kind: 'comment', text, start, end, before: newlines, after };
  }

  #commentRow(): CommentRow {
    const follows = this.#atoms[this.#at - 1]?.comment === false;
    const comment = this.#comment();
    const blankBefore = this.#takeBlank(comment.before);
    // Behind a token it was no doc comment, whatever it looks like.
    this.#parted = follows && comment.before === 0;
    return { kind: 'comments', comments: [comment], blankBefore };
  }

  #takeBlank(newlines: number): boolean {
    const blank = newlines > 1 || this.#parted;
    this.#parted = false;
    return blank;
  }

  /** Whether the comment here is followed by an element on the same line; the same for all up to there. */
  #leadsNext(): boolean {
    if (this.#at > this.#leads.until) {
      let until = this.#at;
      while (this.#mayLead(until)) until++;
      const [last, next] = [this.#atoms[until], this.#atoms[until + 1]];
      const sameLine = last !== undefined && next?.newlines === 0 && canPrecede(last);
      this.#leads = { until, answer: sameLine && next.text !== '}' };
    }
    return this.#leads.answer;
  }

  /** Whether the comment or separator here is followed by another on the same line. */
  #mayLead(at: number): boolean {
    const [atom, next] = [this.#atoms[at], this.#atoms[at + 1]];
    if (atom === undefined || next === undefined || next.newlines > 0) return false;
    return canPrecede(atom) && (next.comment || isSeparator(next));
  }
}

function isSeparator({ text }: Atom): boolean {
  return text === ';' || text === ',';
}

/** Whether something may follow on the line. */
function canPrecede({ comment, text }: Atom): boolean {
  return !comment || (text.startsWith('/*') && !text.includes('\n'));
}

/** Semicolons that only end a statement. */
function isDropped({ text }: Atom, { kind }: TreeNode): boolean {
  return text === ';' && kind !== 'for' && kind !== 'empty';
}

function trailingOf(entry: Entry): Comment[] {
  return entry.kind === 'comments' ? entry.comments : entry.trailing;
}

function endsLine(comments: readonly Comment[]): boolean {
  return comments.at(-1)?.text.startsWith('//') === true;
}

function asksToIgnore(entry: Entry): boolean {
  const last = entry.kind === 'comments' ? entry.comments.at(-1)?.text : undefined;
  return last !== undefined && /^\/[/*]+\s*prettier-ignore\s*(?:\*\/)?$/.test(last);
}
