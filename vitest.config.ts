// Both projects at once: watch mode, the UI and `pnpm test`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['vitest.unit.config.ts', 'vitest.scenarios.config.ts'],
    maxWorkers: '100%',
  },
});
