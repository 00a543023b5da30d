// Lint rule: who may import what. One table says it for every package; type imports count as well.
// Dynamic imports of a computed name cannot be judged and are left to review.
import { posix, relative, resolve, sep } from 'node:path';
import type { ImportSource, Rule } from './rule.ts';

const root = resolve(import.meta.dirname, '../..');

interface Border {
  /** Packages of ours, by folder name. */
  readonly ours: readonly string[];
  /** Other people's packages, each with the folder below `src/` that alone may use it (`''`: all). */
  readonly others: Readonly<Record<string, string>>;
  /** Whether modules of Node itself may be used, or the folder below `src/` that alone may. */
  readonly node: boolean | string;
}

const borders: Readonly<Record<string, Border>> = {
  runtime: { ours: [], others: {}, node: false },
  dsl: {
    ours: ['runtime'],
    others: { chevrotain: 'syntax/', prettier: 'prettier/' },
    node: 'node/',
  },
  reporter: { ours: ['runtime'], others: { 'get-east-asian-width': 'render/' }, node: false },
  vitest: {
    ours: ['runtime', 'dsl', 'reporter', 'embedded'],
    others: { vitest: '', vite: '', '@jridgewell/gen-mapping': '', tinyrainbow: '' },
    node: true,
  },
  embedded: { ours: ['runtime', 'dsl', 'reporter'], others: {}, node: true },
  cli: {
    ours: ['runtime', 'dsl', 'reporter'],
    others: { diff: '', prettier: '', tinyrainbow: '' },
    node: true,
  },
};

/** What `*.test.ts` files may use on top of their package's own list. */
const testPackages = ['vitest', 'fast-check'];

/** `@scope/name/deep/path` -> `@scope/name`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/**
 * Says what is wrong with one import, or nothing.
 *
 * @param file path of the importing file, relative to the repository, with `/`.
 */
export function complaint(file: string, specifier: string): string | undefined {
  const [, owner, below = ''] = /^packages\/([^/]+)\/(.*)$/.exec(file) ?? [];
  if (specifier.startsWith('.')) return relativeComplaint(file, owner, specifier);
  if (/^@hmmlab\/[^/]+\/(?:dist|src)(?:\/|$)/.test(specifier))
    return `'${specifier}' reaches into a package; import one of the entries it exports`;
  if (owner === undefined) return undefined;

  const border = borders[owner];
  if (border === undefined)
    return `package '${owner}' has no row in tools/lint/import-borders.ts yet`;
  const isTest = file.endsWith('.test.ts');
  if (specifier.startsWith('node:'))
    return isTest || mayUseNode(border, below)
      ? undefined
      : `${owner} must run without Node: no '${specifier}'`;

  const name = packageOf(specifier);
  if (name.startsWith('@hmmlab/'))
    return border.ours.includes(name.slice('@hmmlab/'.length))
      ? undefined
      : `${owner} must not depend on '${name}'`;
  if (isTest && testPackages.includes(name)) return undefined;
  const folder = border.others[name];
  if (folder === undefined) return `'${name}' is not on the list of packages that ${owner} may use`;
  return below.startsWith(`src/${folder}`) ? undefined : `'${name}' only under src/${folder}`;
}

function mayUseNode({ node }: Border, below: string): boolean {
  return typeof node === 'string' ? below.startsWith(`src/${node}`) : node;
}

function relativeComplaint(
  file: string,
  owner: string | undefined,
  specifier: string,
): string | undefined {
  const target = posix.join(posix.dirname(file), specifier);
  if (owner === undefined)
    return target.startsWith('packages/') ? 'import the package by its name' : undefined;
  return target.startsWith(`packages/${owner}/`)
    ? undefined
    : `'${specifier}' leaves the package; import other packages by their names`;
}

export const importBorders: Rule = {
  meta: { type: 'problem', docs: { description: 'Imports follow the dependency direction' } },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');
    const judge = (source: ImportSource | null): void => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = complaint(file, source.value);
      if (message !== undefined) context.report({ message, node: source });
    };
    return {
      ImportDeclaration: (node) => judge(node.source),
      ImportExpression: (node) => judge(node.source),
      ExportNamedDeclaration: (node) => judge(node.source),
      ExportAllDeclaration: (node) => judge(node.source),
      TSImportType: (node) => judge(node.source),
    };
  },
};
