// SPDX-License-Identifier: MIT
/** How much the front end does, in executed blocks of its code: the same number on every machine. */

import { Session } from 'node:inspector/promises';

/** Counts executions. It must be started before the code that it counts is loaded. */
export class OperationCounter {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Blocks of `packages/dsl` that `act` executes, each counted as often as it is executed. */
  async count(act: () => void): Promise<number> {
    await this.#take();
    act();
    return this.#take();
  }

  stop(): void {
    this.#session.disconnect();
  }

  async #take(): Promise<number> {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const counts = result
      .filter(({ url }) => url.includes('/packages/dsl/'))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map((r) => r.count)));
    return counts.reduce((sum, count) => sum + count, 0);
  }
}
