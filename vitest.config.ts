import { defineConfig } from 'vitest/config';

/** The steps log and count as they do on Lambda; a test reads their outcome instead. */
const env = { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' };
const fast = { env, testTimeout: 10_000 };
/** Against real processes, which the global set-up starts once. */
const sandboxed = { env, testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], ...fast } },
      { test: { name: 'workflow', include: ['test/workflow/**/*.test.ts'], ...fast } },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          globalSetup: 'test/support/sandbox-setup.ts',
          ...sandboxed,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: 'test/support/deployed-setup.ts',
          // One application and one plan for all of them.
          fileParallelism: false,
          ...sandboxed,
        },
      },
    ],
  },
});
