// The *.test.ts files beside the sources and those in tests/.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'unit',
    include: ['{packages/*/src,tests,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'tests/torture/**'],
    setupFiles: ['tools/property-tests.ts'],
    maxWorkers: '100%',
    // No test is about time: a busy machine must not make one fail.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    server: { deps: { external: [/packages\/[^/]+\/dist\//] } },
  },
});
