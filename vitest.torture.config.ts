// What takes minutes: large models and long random tests. `pnpm torture`, not part of `pnpm test`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'torture',
    include: ['tests/torture/**/*.torture.ts'],
    maxWorkers: 1,
    // No test is about time.
    testTimeout: 0,
    hookTimeout: 0,
    server: { deps: { external: [/packages\/[^/]+\/dist\//] } },
  },
});
