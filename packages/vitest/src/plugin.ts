// SPDX-License-Identifier: MIT
/**
 * The Vite plugin behind `hmm()`: wires the hooks of Vite and vitest to the other files here. Only
 * `transform` compiles, and nothing may depend on it having run: vitest caches modules on disk.
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNodeHost } from '@hmmlab/dsl/node';
import type { SearchOptions } from '@hmmlab/runtime';
import type { TestProject, Vite } from 'vitest/node';
import { cacheKey, codeVersion } from './cache-key.ts';
import { declareTags, tagsIn } from './declare-tags.ts';
import { filePath, kernelFolder } from './file-paths.ts';
import { hmmFiles } from './hmm-files.ts';
import { DEFINITIONS, fileOf, hmmId, slashed } from './hmm-id.ts';
import { addedInclude } from './include.ts';
import type { MappedModule } from './mapped-module.ts';
import { type SourceClosure, sourceClosure } from './source-closure.ts';
import { testModule } from './test-module.ts';
import { watchImporters } from './watch-importers.ts';

/** Specifier that generated modules import, whatever the tested project has installed. */
const RUN = '@hmmlab/vitest/run';

const ourFolders = ['@hmmlab/dsl', '@hmmlab/runtime', '@hmmlab/reporter'].map((name) =>
  slashed(dirname(fileURLToPath(import.meta.resolve(name)))),
);
const ownFolder = slashed(import.meta.dirname);

/** The plugin; `search` are the limits of every search. */
export function createPlugin(search: SearchOptions): Vite.Plugin {
  const projects = new Set<TestProject>();
  let root = slashed(process.cwd());
  return {
    name: 'hmm',
    enforce: 'pre',

    config: (user) => ({
      test: {
        include: addedInclude(user.test?.include),
        server: { deps: { external: [ownFolder, ...ourFolders].map(inside) } },
      },
    }),

    configResolved(config) {
      root = slashed(config.root);
      if (config.test?.projects !== undefined)
        config.logger.warn(
          'hmm: with `test.projects`, put hmm() into the project of the .hmm files',
        );
    },

    configureVitest({ project, defineCacheKeyGenerator }) {
      projects.add(project);
      for (const file of hmmFiles(project.config.root)) declareTagsOf(file, [project]);
      const version = JSON.stringify([codeVersion([ownFolder, ...ourFolders]), root, search]);
      defineCacheKeyGenerator(({ id, sourceCode }) =>
        hmmId.test(id) && !id.endsWith(DEFINITIONS)
          ? cacheKey(version, closureOf(root, fileOf(id), sourceCode))
          : undefined,
      );
    },

    configureServer(server) {
      for (const folder of profileFolders()) server.watcher.add(folder);
      for (const event of ['change', 'add'] as const)
        server.watcher.prependListener(event, (file: string) => {
          if (file.endsWith('.hmm') && existsSync(file)) declareTagsOf(file, projects);
        });
      watchImporters(server.watcher, projects, (test, file) => dependsOn(root, test, file));
    },

    resolveId: (id) => (id === RUN ? slashed(resolve(ownFolder, 'run.js')) : undefined),

    transform: {
      filter: { id: hmmId },
      handler: (text, id) =>
        id.endsWith(DEFINITIONS)
          ? { code: 'export {};\n', map: null }
          : compiled({ root, file: slashed(id), text, search }),
    },
  };
}

interface Unit {
  readonly root: string;
  readonly file: string;
  readonly text: string;
  readonly search: SearchOptions;
}

/** The front end is loaded here and not above: a run from the cache does without it. */
async function compiled(unit: Unit): Promise<MappedModule> {
  const { compile } = await import('@hmmlab/dsl');
  const name = slashed(relative(unit.root, unit.file));
  const compilation = compile(unit.text, name, createNodeHost({ root: unit.root }));
  const importable = (file: string): boolean => existsSync(file) && !isInstalled(file);
  return testModule(compilation, { ...unit, importable });
}

function declareTagsOf(file: string, projects: Iterable<TestProject>): void {
  const tags = tagsIn(readFileSync(file, 'utf8'));
  for (const { config } of projects) declareTags(config.tags, tags);
}

function closureOf(root: string, file: string, text: string): SourceClosure {
  return sourceClosure(slashed(relative(root, file)), text, createNodeHost({ root }));
}

function dependsOn(root: string, test: string, file: string): boolean {
  if (!existsSync(test)) return false;
  const names = [...closureOf(root, test, readFileSync(test, 'utf8')).keys()];
  return names.some((name) => filePath(root, name) === file);
}

/** Built-in profiles, where they are sources that somebody works on and not an installed package. */
function profileFolders(): readonly string[] {
  return existsSync(kernelFolder) && !isInstalled(kernelFolder) ? [kernelFolder] : [];
}

function isInstalled(path: string): boolean {
  return path.includes('/node_modules/');
}

/** A pattern for every file below a folder. */
function inside(folder: string): RegExp {
  return new RegExp(`^(?:file://)?${folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}/`);
}
