import type { Reporter, TestModule } from 'vitest/node';

/** Closes the output of a test run with one plain line, for those who read the last line only. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.ok() && test.result().state === 'passed').length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = tests.filter((test) => !test.ok()).length + broken + errors.length;
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
