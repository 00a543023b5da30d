// SPDX-License-Identifier: MIT
/** The formatter, as a plugin of Prettier 3: `"plugins": ["@hmmlab/dsl/prettier"]`. */

import {
  doc,
  type Doc,
  type Options,
  type Parser,
  type Printer,
  type SupportLanguage,
} from 'prettier';
import { parse } from '../syntax/parse.ts';
import { build } from './build.ts';
import { formatRange } from './format-range.ts';
import type { Body } from './layout.ts';
import { printEntries, type Widths } from './print-body.ts';

type Given = Pick<Options, 'printWidth' | 'tabWidth' | 'useTabs' | 'rangeStart' | 'rangeEnd'>;

/** Files `*.hmm`, and `hmm` fences in Markdown. */
export const languages: SupportLanguage[] = [
  {
    name: 'hmm',
    parsers: ['hmm'],
    extensions: ['.hmm'],
    aliases: ['hmm'],
    vscodeLanguageIds: ['hmm'],
  },
];

/** 100 columns, unless a configuration says otherwise. */
export const defaultOptions: { readonly printWidth: number } = { printWidth: 100 };

/** Reads text for the printer. Throws a `SyntaxError` with `loc`, as Prettier expects it. */
export const parsers: { readonly hmm: Parser<Body> } = {
  hmm: {
    astFormat: 'hmm-layout',
    parse: layOut,
    preprocess: applyRange,
    locStart: ({ start }) => start,
    locEnd: ({ end }) => end,
  },
};

/** Prints what the parser gives. */
export const printers: { readonly 'hmm-layout': Printer<Body> } = {
  'hmm-layout': {
    print: ({ node }, options) => printFile(node, widthsOf(options)),
    getVisitorKeys: () => [],
  },
};

function layOut(text: string): Body {
  const { ast, diagnostics } = parse(text, '');
  if (ast !== null) return build(ast, text);
  const [first] = diagnostics;
  const error = new SyntaxError(`${first?.code ?? ''} ${first?.message ?? ''}`.trim());
  if (first === undefined) throw error;
  const { line, column, endLine, endColumn } = first.place;
  const loc = { start: { line, column }, end: { line: endLine, column: endColumn } };
  throw Object.assign(error, { loc });
}

/** Prettier cuts ranges out of its own languages only, so a range is formatted here and the rest left alone. */
function applyRange(text: string, options: Given): string {
  const [start, end] = [options.rangeStart ?? 0, options.rangeEnd ?? text.length];
  if (start <= 0 && end >= text.length) return text;
  const { ast } = parse(text, '');
  if (ast === null) return text;
  const print = (what: Doc): string =>
    doc.printer.printDocToString(what, printOptions(options)).formatted;
  return formatRange(text, build(ast, text), { start, end }, widthsOf(options), print);
}

function printOptions(options: Given): doc.printer.Options {
  const { line, level } = widthsOf(options);
  return { printWidth: line, tabWidth: level, useTabs: options.useTabs === true };
}

function widthsOf({ printWidth, tabWidth }: Given): Widths {
  return { line: printWidth ?? 100, level: tabWidth ?? 2 };
}

function printFile(file: Body, widths: Widths): Doc {
  if (file.entries.length === 0) return '';
  const entries = printEntries(file, widths, 0);
  const [[, , first] = []] = entries as Doc[][];
  return [first ?? '', ...entries.slice(1), doc.builders.hardline];
}
