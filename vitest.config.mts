import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // The real command line is started by some tests, on machines with few cores.
    testTimeout: 60_000,
  },
});
