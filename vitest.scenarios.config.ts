// Every .hmm file under scenarios/, as test files. Needs a build: the plugin comes from dist.
import { hmm } from '@hmmlab/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [hmm()],
  test: {
    name: { label: 'scenarios', color: 'magenta' },
    include: ['scenarios/**/*.hmm'],
    isolate: false,
    maxWorkers: '100%',
    server: { deps: { external: [/packages\/[^/]+\/dist\//] } },
  },
});
