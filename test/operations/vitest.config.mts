import { defineConfig } from 'vitest/config';

/** What the command does with clusters, each call to a program of its own: `npm run test:operations`. */
export default defineConfig({
  test: {
    include: ['test/operations/**/*.test.ts'],
    maxWorkers: '100%',
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
