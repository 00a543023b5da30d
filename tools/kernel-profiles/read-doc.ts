// SPDX-License-Identifier: MIT
/** What the doc comment of a kernel definition says of its source and of what the model leaves out. */

/** Sentences, without the words that introduce them; null where there are none. */
export interface KernelDoc {
  /** `hmm_range_fault, mm/hmm.c, 5.2`. */
  readonly models: string | null;
  readonly notModelled: string | null;
  readonly differs: string | null;
}

const MARKS = ['Models', 'Not modelled:', 'Differs:', 'Needs:', 'Holds afterwards:'] as const;
const NEXT = new RegExp(`(?:^|\\.\\s+|\\s)(?=(?:${MARKS.join('|')})\\s)`);

/** @param text of a definition with its `///` lines, as `hmm show` prints it */
export function readDoc(text: string): KernelDoc {
  const lines = text.split('\n').filter((line) => line.startsWith('///'));
  const doc = lines.map((line) => line.slice(3).trim()).join('\n');
  const parts = doc
    .split(/\n\n/)
    .flatMap((paragraph) => paragraph.replaceAll('\n', ' ').split(NEXT))
    .map((part) => part.trim());
  const after = (mark: (typeof MARKS)[number]): string | null => {
    const found = parts.filter((part) => part.startsWith(`${mark} `));
    const said = found.map((part) => part.slice(mark.length).trim().replace(/\.$/, ''));
    return said.length === 0 ? null : said.join('; ');
  };
  const cited = after('Models');
  return {
    models: cited === null ? null : firstSentence(cited),
    notModelled: after('Not modelled:'),
    differs: after('Differs:'),
  };
}

/** Up to a full stop that a new sentence follows. */
function firstSentence(text: string): string {
  return text.split(/(?<=\w)[.:]\s+(?=[A-Z`a-z])/)[0] ?? text;
}
