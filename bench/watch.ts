// SPDX-License-Identifier: MIT
/**
 * `node bench/watch.ts [--only NAME]`: how long after a file is saved vitest's watch mode has run it again, for
 * scenario files and for a test file with an empty test. Times are on the wall.
 */

import { parseArgs } from 'node:util';
import { createProject } from '../tests/vitest/project.ts';
import { Session } from '../tests/vitest/session.ts';
import { median } from './measure.ts';
import { textOf } from './models.ts';
import { scenarioFiles } from './scenario-files.ts';
import { figure, table } from './table.ts';

/** What a scenario may add to the empty test's time. */
const MOST_MORE = 150;
const RUNS = 3;
const EMPTY = 'empty.test.js';
const emptyTest = `import { test } from 'vitest'\ntest('nothing', () => {})\n`;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const files = scenarioFiles().filter((name) => name.includes(values.only));
const texts = new Map([
  ...scenarioFiles().map((name) => [name, textOf(name)] as const),
  [EMPTY, emptyTest] as const,
]);
const project = createProject(Object.fromEntries(texts));
const session = new Session(project.folder);

/** Saves a file with one more comment, several times; the median until its tests have run. */
async function rerun(name: string): Promise<number> {
  const times: number[] = [];
  for (let text = texts.get(name) ?? ''; times.length < RUNS;) {
    text += '\n// saved\n';
    const before = performance.now();
    project.write(name, text);
    await session.end();
    times.push(performance.now() - before);
  }
  return median(times);
}

try {
  await session.end();
  await rerun(EMPTY);
  const empty = await rerun(EMPTY);
  const rows: (readonly [name: string, ms: number, more: number])[] = [];
  for (const name of files) {
    const ms = await rerun(name);
    rows.push([name, ms, ms - empty]);
  }
  const within = rows.filter(([, , more]) => more <= MOST_MORE).length;
  console.log(
    table(
      ['file', 'ms', 'more than an empty test'],
      rows.toSorted(([, a], [, b]) => b - a),
    ),
  );
  console.log(
    `an empty test ${figure(empty)} ms; ${within} of ${rows.length} files within ${MOST_MORE} ms more`,
  );
} finally {
  await session.close();
  project.dispose();
}
