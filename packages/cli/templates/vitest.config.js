import { hmm } from '@hmmlab/vitest';
import { defineConfig } from 'vitest/config';

// Every .hmm file is a test file; `npx vitest` watches them.
export default defineConfig({ plugins: [hmm()], test: { isolate: false } });
