// SPDX-License-Identifier: MIT
/**
 * Declares the tags of scenarios: vitest refuses tests and filters with tags that no configuration names.
 *
 * It looks for them with a pattern instead of parsing, and rather finds one too many (a command that
 * happens to be called `tags`) than one too few: a tag that no test has does no harm.
 */

const SKIPPED = String.raw`"(?:[^"\\\n]|\\.)*"|/\*(?:[^*]|\*(?!/))*\*/|//.*`;
const ITEM = /\btags\s+([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)/g;

/** Names after `tags` in the text of a .hmm file. */
export function tagsIn(text: string): readonly string[] {
  if (!text.includes('tags')) return [];
  const code = text.replaceAll(new RegExp(SKIPPED, 'g'), ' ');
  return [...code.matchAll(ITEM)].flatMap(([, names = '']) => names.split(/\s*,\s*/));
}

/**
 * Adds tags to those of a project.
 *
 * @param declared the tags of its configuration; those already there stay as they are
 */
export function declareTags(declared: { name: string }[], names: readonly string[]): void {
  for (const name of names)
    if (!operators.test(name) && !declared.some((tag) => tag.name === name))
      declared.push({ name });
}

/** Refused by vitest, and by the language where it is a tag. */
const operators = /^(?:and|or|not)$/i;
