// SPDX-License-Identifier: MIT
/** What to say to a line that begins with `#`: C's preprocessor, or a comment of another language. */

export interface Answer {
  /** Characters of the line that it is about. */
  readonly length: number;
  readonly message: string;
  readonly help: string;
}

/** @param line from its `#` on, without the line end */
export function answerDirective(line: string): Answer {
  const [word = '', name = ''] = /^#\s*([a-z]+)/.exec(line) ?? [];
  const help = directiveHelp(name, line.slice(word.length).trim());
  if (help === null)
    return { length: 1, message: '`#` means nothing here', help: 'comments begin with `//`' };
  return { length: word.length, message: `there is no preprocessor: \`#${name}\``, help };
}

function directiveHelp(name: string, rest: string): string | null {
  switch (name) {
    case 'define': {
      const [, constant, value] = /^(\w+)\s+(\S+)$/.exec(rest) ?? [];
      if (constant !== undefined && value !== undefined && constant.length + value.length < 60)
        return `write \`const ${constant} = ${value}\``;
      return 'a constant is `const NAME = value`, a macro with arguments is a `proc`';
    }
    case 'undef':
      return 'leave it out';
    case 'include':
      return 'write `import "./file.hmm"` for a file of yours, `use linux/5.3` for the kernel';
    case 'if':
    case 'ifdef':
    case 'ifndef':
    case 'elif':
    case 'else':
    case 'endif':
      return 'write an `if` over a parameter of the scenario: `scenario "title" for x in [false, true]`';
    case 'pragma':
    case 'error':
    case 'warning':
      return 'leave it out';
    default:
      return null;
  }
}
