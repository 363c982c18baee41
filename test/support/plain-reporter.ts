import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line, `N passed, N failed`: what a person looks for and a script can read. */
export class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) counts[test.result().state] += 1;
      // A file that could not be loaded, or prepared, has no test that fails.
      const isTold = tests.some((test) => test.result().state === 'failed');
      if (!isTold && !module.ok()) counts.failed += 1;
    }
    const skipped = counts.skipped + counts.pending > 0 ? `, ${counts.skipped + counts.pending} skipped` : '';
    console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
  }
}
