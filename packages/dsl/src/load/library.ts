// SPDX-License-Identifier: MIT
/** Every file that takes part in a compilation, each parsed once. */

import type { Compilation, Host } from '../api.ts';
import { didYouMean } from '../check/nearest.ts';
import { limits } from '../check/limits.ts';
import type { At, Problems, Related } from '../check/problems.ts';
import type { Import, TopItem } from '../syntax/ast.ts';
import { type NamedText, type Parsed, parsed, parsedOnce } from './parsed-once.ts';
import type { Source } from './source.ts';

export interface Library {
  readonly own: Source;
  /** The file and all it imports, importers after what they import; the file itself is last. */
  readonly files: readonly Source[];
  readonly imports: Compilation['imports'];
  /** What each import that could be read leads to. */
  readonly targets: ReadonlyMap<Import, Source>;
  /** Everything read so far, by name, in order of reading. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Files of a built-in profile, parsed. */
  builtIn(name: string): readonly Source[];
  readonly host: Host;
}

/** Reads `text` and the files it imports, directly or not. */
export function createLibrary(text: string, file: string, host: Host, problems: Problems): Library {
  const sources = new Map<string, Source>();
  const builtIns = new Map<string, readonly Source[]>();
  const take = (named: NamedText, { ast, lines, diagnostics }: Parsed, own: boolean): Source => {
    for (const diagnostic of diagnostics) problems.take(diagnostic);
    const source = { ...named, ast, lines, own };
    sources.set(named.file, source);
    return source;
  };
  const read = (name: string, content: string, own: boolean): Source => {
    const named = { file: name, text: content };
    return sources.get(name) ?? take(named, parsed(named), own);
  };
  const own = read(file, text, true);
  const importer = new Importer(host, problems, read);
  importer.visit(own);
  return {
    own,
    files: importer.files,
    imports: importer.imports,
    targets: importer.targets,
    sources,
    builtIn: (name) => {
      const known = builtIns.get(name);
      if (known !== undefined) return known;
      const files = host
        .profileFiles(name)
        .map((f) => sources.get(f.file) ?? take(f, parsedOnce(f), false));
      builtIns.set(name, files);
      return files;
    },
    host,
  };
}

type Read = (name: string, content: string, own: boolean) => Source;

/** A step of the way to a file: `source` imports it. */
interface Link {
  readonly source: Source;
  readonly via: Import;
}

function importedHere({ source, via }: Link): Related {
  const message = `${source.file} imports \`${via.path.value}\` here`;
  return { message, at: { source, node: via.path } };
}

/** Depth-first walk over imports; `#chain` is the way to the file being read. */
class Importer {
  readonly files: Source[] = [];
  readonly imports: Compilation['imports'][number][] = [];
  readonly targets = new Map<Import, Source>();
  readonly #host: Host;
  readonly #problems: Problems;
  readonly #read: Read;
  readonly #done = new Set<Source>();
  readonly #texts = new Set<string>();
  #imported = 0;
  #length = 0;
  #refused = false;
  readonly #chain: Link[] = [];

  constructor(host: Host, problems: Problems, read: Read) {
    this.#host = host;
    this.#problems = problems;
    this.#read = read;
  }

  visit(source: Source): void {
    for (const item of source.ast?.items ?? [])
      if (isImport(item) && !this.#refused && !this.#problems.full) this.#import(source, item);
    if (this.#done.has(source)) return;
    this.#done.add(source);
    this.files.push(source);
  }

  #import(source: Source, item: Import): void {
    const path = item.path.value;
    const found = this.#host.importFile(path, source.file);
    const at = { source, node: item.path };
    if (source.own) {
      const { line, column } = source.lines.at(item.path.start);
      this.imports.push({ path, file: 'file' in found ? found.file : null, line, column });
    }
    if (!('file' in found)) {
      const help = 'the path is relative to the importing file and must stay inside the project';
      const message = `\`${path}\`, wanted by ${source.file}, cannot be imported: ${found.missing}`;
      this.#problems.error('HMM2013', at, message, help, this.#chain.map(importedHere));
      return;
    }
    if (this.#isTooMuch(found, at)) return;
    const target = this.#read(found.file, found.text, false);
    this.targets.set(item, target);
    const links = [...this.#chain, { source, via: item }];
    const first = links.findIndex((link) => link.source === target);
    if (first >= 0) {
      const cycle = links.slice(first);
      const names = [...cycle.map((link) => link.source.file), target.file].join(' -> ');
      this.#problems.error(
        'HMM2014',
        at,
        `files import each other: ${names}`,
        'move what both need into a third file',
        cycle.map(importedHere),
      );
      return;
    }
    if (this.#done.has(target)) return;
    this.#chain.push({ source, via: item });
    this.visit(target);
    this.#chain.pop();
  }

  #isTooMuch({ file, text }: { readonly file: string; readonly text: string }, at: At): boolean {
    this.#imported++;
    if (!this.#texts.has(file)) this.#length += text.length;
    this.#texts.add(file);
    const message = this.#excess();
    if (message === null) return false;
    this.#refused = true;
    this.#problems.error('HMM2019', at, message, 'import fewer files');
    return true;
  }

  #excess(): string | null {
    const { importDepth, imports, importedText } = limits;
    if (this.#chain.length >= importDepth)
      return `more than ${importDepth} files import each other in a row`;
    if (this.#imported > imports) return `more than ${imports} imports`;
    if (this.#length <= importedText) return null;
    return `imported files of more than ${importedText} characters`;
  }
}

function isImport(item: TopItem): item is Import {
  return item.kind === 'import';
}

/** Help for an unknown profile or driver. */
export function profileHelp(name: string, library: Library): string | null {
  const known = [...library.host.profileNames(), ...ownProfileNames(library)];
  const driver = `drivers/${name}`;
  if (known.includes(driver)) return `it is a driver: write \`${driver}\``;
  const core = name.replace(/^drivers\//, '');
  if (known.includes(core)) return `it is no driver: write \`${core}\``;
  const revisions = known.filter((other) =>
    [`${name}/`, `${driver}/`].some((head) => other.startsWith(head)),
  );
  if (revisions.length > 0)
    return `say which: ${revisions.map((other) => `\`${other}\``).join(', ')}`;
  const near = didYouMean(name, known) ?? didYouMean(driver, known);
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const beside = folder === '' ? [] : known.filter((other) => other.startsWith(folder));
  if (near !== null || beside.length === 0) return near;
  return `there is ${beside.map((other) => `\`${other}\``).join(', ')}`;
}

function ownProfileNames(library: Library): string[] {
  return library.files.flatMap((source) =>
    (source.ast?.items ?? []).flatMap((item) =>
      item.kind === 'profile' ? [(item.sort === 'driver' ? 'drivers/' : '') + item.name.name] : [],
    ),
  );
}
