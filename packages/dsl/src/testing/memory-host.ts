// SPDX-License-Identifier: MIT
/** Files in memory, for tests of the compiler. */

import type { Compilation, Host } from '../api.ts';
import { compile } from '../compile/compile.ts';
import type { Program } from '@hmmlab/runtime/program';
import { formatProgram } from '@hmmlab/runtime/program';

/** @param files by name; those below `profiles/` are built-in profiles of the rest of their name */
function memoryHost(files: Readonly<Record<string, string>> = {}): Host {
  const all = new Map(Object.entries(files));
  const names = [...all.keys()].filter((name) => name.startsWith('profiles/'));
  return {
    importFile(path, from) {
      const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/') + 1) : '';
      const file = folder + path.replace(/^\.\//, '');
      const text = all.get(file);
      return text === undefined ? { missing: 'there is no such file' } : { file, text };
    },
    profileFiles: (name) => {
      const file = `profiles/${name}`;
      const text = all.get(file);
      return text === undefined ? [] : [{ file, text }];
    },
    profileNames: () => names.map((name) => name.slice('profiles/'.length)).toSorted(),
  };
}

/** Compiles `text` as `main.hmm`. */
export function compileText(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Compilation {
  return compile(text, 'main.hmm', memoryHost(files));
}

/** What is wrong, as `line:column code message`. */
export function complaints(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  return compileText(text, files).diagnostics.map(({ place, code, message, help }) => {
    const where = place.file === 'main.hmm' ? '' : `${place.file}:`;
    return `${where}${place.line}:${place.column} ${code} ${message}${help === null ? '' : ` (${help})`}`;
  });
}

/** Programs of all instances; throws the complaints if there are errors. */
export function programs(
  text: string,
  files: Readonly<Record<string, string>> = {},
): readonly Program[] {
  const { scenarios, diagnostics } = compileText(text, files);
  if (diagnostics.some((d) => d.severity === 'error'))
    throw new Error(complaints(text, files).join('\n'));
  return scenarios.flatMap((scenario) => scenario.instances.map((instance) => instance.program));
}

/** Disassembly of the named procs of the first instance; without names, of everything. */
export function disassembly(text: string, ...procs: readonly string[]): string {
  const [program] = programs(text);
  if (program === undefined) throw new Error('there is no scenario');
  return `\n${formatProgram(program, procs.length === 0 ? {} : { procs }).trim()}\n`;
}
