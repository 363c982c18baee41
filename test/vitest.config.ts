import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './support/plain-reporter.ts';

/** Unit tests touch no socket; everything else runs against the local cloud. */
const LOCAL_CLOUD_SUITES = [
  'test/api/**/*.test.ts',
  'test/repositories/**/*.test.ts',
  'test/faults/**/*.test.ts',
  'test/local/**/*.test.ts',
];

/** Rules all the same, but seconds long: not for the inner loop. */
const CORPUS_SUITES = ['test/platform/spreadsheet/{damaged,hostile}-*.test.ts'];

// Each suite's cloud starts threads, and a thread compiles all that it loads anew: it takes a third off each start.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // What suites load is most of what a short one costs; modules hold no state that matters, as on Lambda.
    isolate: false,
    // Suites wait for the local cloud's timers while others compute; on two cores a fourth worker costs 48 s of processor.
    maxWorkers: 3,
    reporters: ['default', new PlainReporter()],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...LOCAL_CLOUD_SUITES, ...CORPUS_SUITES, 'test/infra/**', 'test/architecture/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts', 'test/architecture/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      { extends: true, test: { name: 'corpus', include: CORPUS_SUITES } },
      {
        extends: true,
        test: {
          name: 'cloud',
          include: LOCAL_CLOUD_SUITES,
          globalSetup: [fileURLToPath(new URL('support/synthesise-once.ts', import.meta.url))],
        },
      },
    ],
  },
});
