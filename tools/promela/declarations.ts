// SPDX-License-Identifier: MIT
/** Variables of the model, large enough for every program in it, and the C that reports. */

import { rangeOf } from './body.ts';
import { findingNames } from './findings.ts';
import { SOMETIMES } from './judge.ts';
import type { Model } from './model.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

/** Lengths of the arrays and bounds of what is in them. */
export interface Sizes {
  readonly cells: number;
  readonly values: Range;
  readonly threads: number;
  readonly places: number;
  /** By thread. */
  readonly locals: readonly number[];
  readonly localValues: Range;
  readonly setUpLocals: number;
  readonly slots: number;
  readonly compounds: number;
  readonly holds: number;
  readonly queue: number;
  readonly queued: number;
  readonly owns: Range;
  readonly conditions: number;
}

const most = (values: readonly number[]): number => Math.max(0, ...values);

export function sizesOf(models: readonly Model[]): Sizes {
  const over = (get: (model: Model) => number): number => most(models.map(get));
  const threads = over(({ program }) => program.threads.length);
  return {
    cells: over(({ memory }) => memory.cells.length),
    values: widest(models.flatMap(cellRanges)),
    threads,
    places: most(
      models.flatMap(({ places, program }) =>
        program.threads.map((_, thread) => places.inThread(thread).length),
      ),
    ),
    locals: Array.from({ length: threads }, (_, thread) =>
      over(({ frames, program }) =>
        thread < program.threads.length ? (frames.locals[thread] ?? 0) : 0,
      ),
    ),
    setUpLocals: over(({ frames, program }) => frames.locals[program.threads.length] ?? 0),
    localValues: widest(models.flatMap(localRanges)),
    slots: over(({ memory }) => memory.slots),
    compounds: over(({ memory }) => memory.compounds.length),
    holds: over((model) => {
      const last = model.compoundsOf('rwsem').at(-1);
      return last === undefined ? 0 : (last + 1) * (model.program.threads.length + 1);
    }),
    queue: Math.max(threads, most(models.flatMap(listLengths))),
    queued: Math.max(
      2 * threads,
      over((m) => (listLengths(m).length > 0 ? m.memory.cells.length : 0)),
    ),
    owns: models.some((model) => model.compoundsOf('completion').length > 0)
      ? { min: -1, max: 1000 }
      : { min: 0, max: threads + 1 },
    conditions: over(({ program }) => program.expectations.length),
  };
}

const listLengths = ({ memory }: Model): number[] =>
  memory.cells.flatMap(({ type }) => (type.kind === 'list' ? [type.max] : []));

function widest(ranges: readonly Range[]): Range {
  return {
    min: Math.min(0, ...ranges.map(({ min }) => min)),
    max: Math.max(0, ...ranges.map(({ max }) => max)),
  };
}

function cellRanges({ memory, program }: Model): Range[] {
  return memory.cells.map(({ type, initial }) => {
    switch (type.kind) {
      case 'int':
      case 'bool':
      case 'enum':
      case 'errno':
      case 'ref':
      case 'pte':
      case 'ops': {
        const [min, max] = rangeOf(type, program) ?? [0, largest(type.kind, memory.cells.length)];
        return { min: Math.min(min, initial), max: Math.max(max, initial) };
      }
      case 'kref':
        return { min: 0, max: Math.max(type.max, initial) };
      default:
        return { min: 0, max: 0 };
    }
  });
}

function localRanges({ memory, program, frames }: Model): Range[] {
  return frames.all.flatMap(({ proc }) =>
    proc.locals.map(({ type }) => {
      const [min, max] = rangeOf(type, program) ?? [0, largest(type.kind, memory.cells.length)];
      return { min, max };
    }),
  );
}

const largest = (kind: string, cells: number): number => (kind === 'ref' ? cells : 32_767);

function typeFor({ min, max }: Range): string {
  if (min >= 0 && max <= 255) return 'byte';
  return min >= -32_768 && max <= 32_767 ? 'short' : 'int';
}

/** @param sizes an array of length 0 is left out */
export function declarations(sizes: Sizes): string {
  const array = (type: string, name: string, length: number): string[] =>
    length > 0 ? [`${type} ${name}[${length}];`] : [];
  const upTo = (max: number): string => typeFor({ min: 0, max });
  const { threads, compounds } = sizes;
  return [
    embedded(sizes.conditions),
    ...array(typeFor(sizes.values), 'm', sizes.cells),
    ...array(upTo(sizes.places), 'at', threads),
    ...sizes.locals.flatMap((length, t) => array(typeFor(sizes.localValues), `l${t}`, length)),
    ...['qd', 'ex'].flatMap((name) => array('bool', name, threads)),
    ...array('byte', 'nb', threads),
    ...array('byte', 'st', sizes.slots),
    ...array(typeFor(sizes.owns), 'own', compounds),
    ...array('byte', 'flags', compounds),
    ...array('byte', 'rd', sizes.holds),
    ...(compounds > 0
      ? [`chan q[${compounds}] = [${sizes.queue}] of { ${upTo(sizes.queued)} };`]
      : []),
    ...['val', 'num', 'key', 'pre', 'nxt', 'last', 'hit', 'rounds', 'failed'].map(
      (name) => `hidden int ${name};`,
    ),
    ...array('hidden int', 'ls', sizes.setUpLocals),
    `hidden byte gr[${Math.max(1, threads)}];`,
    '',
  ].join('\n');
}

/** Reports go to the output at once, each once. `SAVE` and `UNDO` are about all of SPIN's state vector. */
function embedded(conditions: number): string {
  const codes = [
    ...findingNames.keys(),
    ...Array.from({ length: conditions }, (_, i) => SOMETIMES + i),
  ];
  return [
    'c_decl {',
    '\\#include <stdio.h>',
    '\\#include <stdlib.h>',
    '\\#include <string.h>',
    '  static char saved[VECTORSZ];',
    `  static char known[${SOMETIMES + conditions}];`,
    '  static int record(int code) {',
    '    if (!known[code]) { known[code] = 1; printf("found %d\\n", code); }',
    '    return 0;',
    '  }',
    '  static int chosen(void) {',
    '    static int program = -1;',
    '    if (program < 0) { const char *given = getenv("HMM_PROGRAM"); program = given ? atoi(given) : 0; }',
    '    return program;',
    '  }',
    '\\#define PROGRAM (chosen())',
    ...codes.map((code) => `\\#define RECORD_${code} (record(${code}))`),
    '};',
    '#define SAVE c_code { memcpy(saved, (char *) &now, vsize); }',
    '#define UNDO c_code { memcpy((char *) &now, saved, vsize); }',
    '#define FAIL c_code { record(failed); memcpy((char *) &now, saved, vsize); }',
  ].join('\n');
}
