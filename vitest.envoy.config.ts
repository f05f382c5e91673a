import { defineConfig } from 'vitest/config';
import { TallyReporter } from './test/tally-reporter.ts';

/** The suite with a real Envoy: `npm run test:envoy`. */
export default defineConfig({
  test: {
    include: ['test/envoy/**/*.test.ts'],
    globalSetup: ['test/envoy/lab/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxConcurrency: 4,
    // Each file has labs of its own; one after the other they have the machine for themselves.
    fileParallelism: false,
    reporters: ['default', new TallyReporter()],
  },
});
