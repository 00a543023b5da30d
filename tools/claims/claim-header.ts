// SPDX-License-Identifier: MIT
/**
 * Claims and bugs in the doc comment of a scenario: paragraphs that begin with `Claim:` or `Bug:`, and
 * `Who:`, `Link:` and `Result:` behind them. A paragraph ends at the next such word or an empty line.
 */

/** Somebody's claim, question or suspicion, or a bug of the past, and what the model says about it. */
export interface Claim {
  readonly kind: 'claim' | 'bug';
  /** What is claimed, or the bug's name. */
  readonly text: string;
  /** `Name, mail subject, month year`; null for a bug without. */
  readonly who: string | null;
  /** A URL, a message id or a commit. */
  readonly link: string;
  readonly result: string;
}

/** The header as read, or what is wrong with it, in words. */
export type Header =
  | { readonly kind: 'claims'; readonly claims: readonly Claim[] }
  | { readonly kind: 'wrong'; readonly message: string };

interface Paragraph {
  readonly word: string;
  text: string;
}

interface Draft {
  readonly kind: Claim['kind'];
  readonly text: string;
  readonly said: Map<string, string>;
}

const WORD = /^(Claim|Bug|Who|Link|Result):\s*(.*)$/;

/**
 * Reads the text of the `///` lines before a scenario; no claims if it has none of these words.
 * A claim without a result of its own shares the one that follows next.
 */
export function readHeader(doc: string): Header {
  const drafts: Draft[] = [];
  for (const { word, text } of paragraphs(doc)) {
    if (text === '') return wrong(`nothing stands behind \`${word}:\``);
    const last = drafts.at(-1);
    if (word === 'Claim' || word === 'Bug')
      drafts.push({ kind: word === 'Bug' ? 'bug' : 'claim', text, said: new Map() });
    else if (last === undefined)
      if (word === 'Result') continue;
      else return wrong(`\`${word}:\` stands before any \`Claim:\` or \`Bug:\``);
    else if (last.said.has(word)) return wrong(`"${last.text}" has two paragraphs \`${word}:\``);
    else last.said.set(word, text);
  }
  const claims: Claim[] = [];
  let result: string | undefined;
  for (const { kind, text, said } of drafts.toReversed()) {
    result = said.get('Result') ?? result;
    const link = said.get('Link');
    const who = said.get('Who') ?? null;
    if (link === undefined) return wrong(`"${text}" has no \`Link:\``);
    if (result === undefined) return wrong(`"${text}" has no \`Result:\``);
    if (kind === 'claim' && who === null) return wrong(`"${text}" has no \`Who:\``);
    claims.unshift({ kind, text, who, link, result });
  }
  return { kind: 'claims', claims };
}

function wrong(message: string): Header {
  return { kind: 'wrong', message };
}

function paragraphs(doc: string): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let open: Paragraph | null = null;
  for (const line of doc.split('\n').map((each) => each.trim())) {
    const [, word, text = ''] = WORD.exec(line) ?? [];
    if (word !== undefined) {
      open = { word, text };
      found.push(open);
    } else if (line === '') open = null;
    else if (open !== null) open.text = `${open.text} ${line}`.trim();
  }
  return found;
}
