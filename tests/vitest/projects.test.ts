// SPDX-License-Identifier: MIT
/** .hmm files beside other tests, in vitest's `test.projects`. */

import { afterEach, expect, test, vi } from 'vitest';
import { type Project, createProject } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const FILES = {
  'a.hmm': 'scenario "fine" { int x; thread A: x = 1 }\n',
  'b.test.js': `import { expect, test } from 'vitest';\ntest('unit', () => expect(1).toBe(1));\n`,
};

let project: Project | undefined;

afterEach(() => {
  project?.dispose();
  project = undefined;
});

test('the plugin in the project of the .hmm files runs each file once', async () => {
  project = createProject({
    ...FILES,
    'vitest.config.mjs': `import { hmm } from '@hmmlab/vitest';
export default { test: { projects: [
  { test: { name: 'unit', include: ['**/*.test.js'] } },
  { plugins: [hmm()], test: { name: 'hmm', include: ['**/*.hmm'], isolate: false } },
] } };
`,
  });
  const all = await project.run('--reporter=verbose');
  expect(all.output).toContain('|unit| b.test.js > unit');
  expect(all.output).toContain('|hmm| a.hmm > fine');
  expect(all.output).toContain('2 passed (2)');
  const one = await project.run('--project=hmm');
  expect(one.output).toContain('1 passed (1)');
});

test('the plugin in the root says where it belongs', async () => {
  project = createProject({
    ...FILES,
    'vitest.config.mjs': `import { hmm } from '@hmmlab/vitest';
export default { plugins: [hmm()], test: { projects: [
  { test: { name: 'unit', include: ['**/*.test.js'] } },
] } };
`,
  });
  const { output } = await project.run();
  expect(output).toContain('put hmm() into the project of the .hmm files');
});
