import { defineConfig } from 'vitest/config';

// One suite at a time, step after step. Each step builds on the one before, so the first failure ends the suite.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['suites/**/*.suite.ts'],
    pool: 'forks',
    fileParallelism: false,
    bail: 1,
    testTimeout: 300_000,
    hookTimeout: 600_000,
    reporters: ['verbose'],
    disableConsoleIntercept: true,
  },
});
