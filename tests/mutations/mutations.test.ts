// SPDX-License-Identifier: MIT
/**
 * Mistakes planted into the kernel sources, one at a time: the scenario named beside each passes without
 * it and fails with it. What `hmm mutate --only kernel` finds by trying, this keeps.
 */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findMutations, mutated } from '@hmmlab/cli/mutations';
import { type Host, type Instance, compile } from '@hmmlab/dsl';
import { createNodeHost } from '@hmmlab/dsl/node';
import { createSearch } from '@hmmlab/runtime';
import { expect, test } from 'vitest';
import { type KernelMutation, type Witness, kernelMutations } from './kernel-mutations.ts';

const root = resolve(import.meta.dirname, '../..');
const files = createNodeHost({ root });
const sources = new Map<string, ReadonlyMap<string, string>>();

/** The texts that a witness draws on, as they stand. */
function sourcesOf({ file }: Witness): ReadonlyMap<string, string> {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const name = `scenarios/${file}.hmm`;
  const found = compile(readFileSync(resolve(root, name), 'utf8'), name, files).sources;
  sources.set(file, found);
  return found;
}

/** The changed text of the one file in which the changed proc is run; several revisions may have it. */
function changedTexts({
  profile,
  proc,
  says,
  witness,
}: KernelMutation): ReadonlyMap<string, string> {
  const changed = [...sourcesOf(witness)].flatMap(([file, text]) => {
    if (!file.startsWith(`kernel/${profile}/`)) return [];
    const found = findMutations(file, text, 'procs').filter(
      (each) => each.proc === proc && each.says === says,
    );
    expect(found.length, `changes of that name in ${file}`).toBeLessThan(2);
    return found.map((mutation): readonly [string, string] => [file, mutated(text, mutation)]);
  });
  expect(changed.length, `files of kernel/${profile} with that code`).toBeGreaterThan(0);
  return new Map(changed);
}

function hostWith(changed: ReadonlyMap<string, string>): Host {
  return {
    ...files,
    profileFiles: (name) =>
      files.profileFiles(name).map(({ file, text }) => ({ file, text: changed.get(file) ?? text })),
  };
}

function instanceWith({ file, instance }: Witness, changed: ReadonlyMap<string, string>): Instance {
  const name = `scenarios/${file}.hmm`;
  const text = readFileSync(resolve(root, name), 'utf8');
  const { scenarios, diagnostics } = compile(text, name, hostWith(changed));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = scenarios
    .flatMap(({ instances }) => instances)
    .find((each) => each.name === instance);
  if (found === undefined) throw new Error(`${name} has no instance ${instance}`);
  return found;
}

/** Names of what speaks against the instance. */
function complaints({ program }: Instance): readonly string[] {
  const search = createSearch(program, { maxStates: 100_000 });
  while (!search.advance(10_000));
  const { findings, problems, kind } = search.verdict();
  const unexpected = findings.filter(({ fails, expectedBy }) => fails && expectedBy === null);
  const names = [...unexpected, ...problems].map(({ name }) => name);
  return kind === 'inconclusive' ? [...names, kind] : names;
}

test('there are enough, each once', () => {
  expect(kernelMutations.length).toBeGreaterThanOrEqual(40);
  const keys = kernelMutations.map(({ profile, proc, says }) => `${profile} ${proc} ${says}`);
  expect(new Set(keys).size).toBe(keys.length);
});

const witnesses = [...new Set(kernelMutations.map(({ witness }) => witness))];

test.each(witnesses)('$file passes as the kernel stands: $instance', (witness) => {
  expect(complaints(instanceWith(witness, new Map()))).toEqual([]);
});

test.each(kernelMutations)('$profile $proc $says: $shows', (mutation) => {
  const instance = instanceWith(mutation.witness, changedTexts(mutation));
  expect(complaints(instance)).toContain(mutation.shows);
});
