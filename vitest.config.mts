import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/package/**', 'test/operations/**'],
    // Every core runs tests, though vitest would leave one for itself, which is half of two.
    maxWorkers: '100%',
    // Nothing here keeps state in a module, so files of tests may share those that a worker has loaded: libraries above
    // all, which take most of a second. Tests of what is loaded start a process of their own.
    isolate: false,
    // The real command line is started by some tests, on machines with few cores.
    testTimeout: 60_000,
  },
});
