import { defineConfig } from 'vitest/config';
import { TallyReporter } from './test/tally-reporter.ts';

/** Tests of the built site, in a browser: they need `npm run docs:build` first. */
export default defineConfig({
  test: {
    include: ['test/docs/**/*.browser.ts', 'test/docs/**/*.site.ts'],
    testTimeout: 400_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    reporters: ['default', new TallyReporter()],
  },
});
