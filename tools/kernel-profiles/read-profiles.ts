// SPDX-License-Identifier: MIT
/** All cores and drivers of the kernel sources, each with everything it stands for. */

import { flattenProfile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { readDoc, type KernelDoc } from './read-doc.ts';

/** A proc, verb or world hook as one profile has it. */
export interface KernelFunction {
  /** `hmm_range_fault`, `verb fault range`, `world mm`. */
  readonly name: string;
  /** Below packages/runtime/kernel/. */
  readonly file: string;
  /** 1-based; two profiles with the same file and line have the same function. */
  readonly line: number;
  readonly doc: KernelDoc;
}

export interface KernelProfile {
  /** `linux/5.3`, `drivers/nouveau/5.3`. */
  readonly name: string;
  readonly functions: readonly KernelFunction[];
}

/** @param root of the checkout */
export function readProfiles(root: string): readonly KernelProfile[] {
  const host = createNodeHost({ root });
  return host.profileNames().map((name) => {
    const { profile, diagnostics } = flattenProfile(name, null, host);
    if (profile === null) throw new Error(`${name}: ${diagnostics[0]?.message ?? 'not read'}`);
    const functions = profile.definitions.flatMap((definition): KernelFunction[] => {
      if (!/^(?:proc|verb|world) /.test(definition.name)) return [];
      const file = definition.file.replace(/^kernel\//, '');
      return [
        {
          name: definition.name.replace(/^proc /, ''),
          file,
          line: definition.line,
          doc: readDoc(definition.text),
        },
      ];
    });
    return { name, functions };
  });
}
