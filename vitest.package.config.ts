import { defineConfig } from 'vitest/config';
import { TallyReporter } from './test/tally-reporter.ts';

/** Tests of the package as npm makes it: they pack it and install it, which takes a while and asks the registry. */
export default defineConfig({
  test: {
    include: ['test/package/**/*.pack.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    reporters: ['default', new TallyReporter()],
  },
});
