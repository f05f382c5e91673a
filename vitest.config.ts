import { defineConfig } from 'vitest/config';
import { TallyReporter } from './test/tally-reporter.ts';

export default defineConfig({
  test: {
    // Modules keep no state, so the files of one worker share them.
    isolate: false,
    include: ['test/**/*.test.ts'],
    // These need a real Envoy: `npm run test:envoy`.
    exclude: ['test/envoy/**'],
    testTimeout: 60_000,
    reporters: ['default', new TallyReporter()],
  },
});
