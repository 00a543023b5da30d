// What is worth hours now and then, and not a minute of every change: `pnpm torture`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'torture',
    include: ['tests/torture/**/*.test.ts'],
    setupFiles: ['tools/property-tests.ts'],
    maxWorkers: '100%',
    testTimeout: 0,
    hookTimeout: 0,
    server: { deps: { external: [/packages\/[^/]+\/dist\//] } },
  },
});
