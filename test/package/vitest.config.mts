import { defineConfig } from 'vitest/config';

/** The packed package in directories of its own: `npm run test:package`. npm installs from the registry. */
export default defineConfig({
  test: { include: ['test/package/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
});
