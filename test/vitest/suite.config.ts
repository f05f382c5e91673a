import { defineConfig } from 'vitest/config';

/** For the suite that the test of `toMatchGolden` writes and runs. */
export default defineConfig({ test: { include: ['test/vitest/.run-*/suite.ts'], reporters: ['default'] } });
