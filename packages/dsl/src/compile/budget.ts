// SPDX-License-Identifier: MIT
/** What all scenarios of a file may take together: a short text can ask for very much. */

import type { Program } from '@hmmlab/runtime/program';
import { limits } from '../check/limits.ts';
import type { At, Problems } from '../check/problems.ts';
import type { Source } from '../load/source.ts';
import type { Scenario } from '../syntax/ast.ts';

export class Budget {
  readonly #problems: Problems;
  readonly #shared: number;
  #text = 0;
  #instances = 0;
  #instructions = 0;
  #spent = false;

  /** @param shared UTF-16 units of the file and its imports outside of scenarios: every instance compiles them anew */
  constructor(problems: Problems, shared: number) {
    this.#problems = problems;
    this.#shared = shared;
  }

  /** Whether one more instance of `scenario` may be compiled; reports if not. */
  takeInstance({ start, end, title }: Scenario, source: Source): boolean {
    const at = { source, node: title };
    this.#instances++;
    this.#text += this.#shared + end - start;
    if (this.#instances > limits.fileInstances)
      return this.#refuse(at, `more than ${limits.fileInstances} instances in one file`);
    if (this.#text > limits.compiledText && this.#instances > 1)
      return this.#refuse(at, `this file is too long for ${this.#instances} instances`);
    return true;
  }

  /** Whether there is room for the Program of that instance; reports if not. */
  takeProgram({ procs }: Program, at: At): boolean {
    for (const { code } of procs) this.#instructions += code.length;
    if (this.#instructions <= limits.fileInstructions) return true;
    return this.#refuse(at, `more than ${limits.fileInstructions} instructions in one file`);
  }

  /** Whether anything was refused. */
  get spent(): boolean {
    return this.#spent;
  }

  #refuse(at: At, message: string): false {
    this.#spent = true;
    this.#problems.error('HMM2019', at, message, 'cut it in several files');
    return false;
  }
}
