// SPDX-License-Identifier: MIT
/**
 * Runs vitest in watch mode for `session.ts`, in a process of its own: says on standard output what
 * happens, one JSON object per line, and cancels the run when it reads a line.
 */

import type { TestCase, TestModule } from 'vitest/node';
import { createVitest } from 'vitest/node';

const say = (event: unknown): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

const reporter = {
  onTestCaseReady: (test: TestCase) => say({ kind: 'ready', name: test.name }),
  onTestRunEnd(modules: readonly TestModule[], _: unknown, reason: string) {
    const tests = modules.flatMap((module) =>
      module.errors().length > 0
        ? [`${module.relativeModuleId} failed`]
        : [...module.children.allTests()].map(
            (test) => `${module.relativeModuleId} ${test.name}: ${test.result().state}`,
          ),
    );
    say({ kind: 'end', reason, tests: tests.toSorted() });
  },
};

const vitest = await createVitest('test', { watch: true, reporters: [reporter] });
process.stdin.once('data', () => void vitest.cancelCurrentRun('keyboard-input'));
process.stdin.once('end', () => void vitest.close().then(() => process.exit(0)));
await vitest.start();
