import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line, the same on every terminal, for whoever reads the log by machine. */
export class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const passed = states.filter((state) => state === 'passed').length;
    const failed = states.filter((state) => state === 'failed').length;
    // A module that cannot be loaded has no tests to fail.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length;
    console.log(`${passed} passed, ${failed + broken} failed`);
  }
}
