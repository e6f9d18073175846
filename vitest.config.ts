import { defineConfig } from 'vitest/config';

/** The steps log and count as they do on Lambda; a test reads their outcome instead. */
const env = { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' };
/** A test that asserts nothing fails. Waiting ends at once with what is waited for: a limit ends only what hangs. */
const expect = { requireAssertions: true, poll: { timeout: 50_000 } };
const fast = { testTimeout: 60_000, hookTimeout: 60_000 };
/** Against real processes, which the global set-up starts once. */
const sandboxed = { testTimeout: 120_000, hookTimeout: 120_000 };

/** To package and to deploy takes as long as the machine has time for it. */
const packaging = { testTimeout: 300_000, hookTimeout: 300_000 };

/** One kind after the other: tests in virtual time next to real processes would wait for the machine. */
const kind = (groupOrder: number) => ({ env, expect, sequence: { groupOrder } });

/**
 * Every test has a world of its own; to load all modules anew for each file would take longer than the tests. They wait for
 * nothing, so no core is left free.
 */
const inProcess = { isolate: false, unstubEnvs: true, restoreMocks: true, maxWorkers: '100%' };

/** They mostly wait for servers and other processes, so there may be more of them than cores. */
const besides = { maxWorkers: 3, ...kind(2) };

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], ...inProcess, ...kind(0), ...fast } },
      { test: { name: 'workflow', include: ['test/workflow/**/*.test.ts'], ...inProcess, ...kind(1), ...fast } },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          globalSetup: 'test/support/sandbox-setup.ts',
          ...besides,
          ...sandboxed,
        },
      },
      // What is to be deployed, and the parts of the sandbox: each starts what it needs by itself.
      { test: { name: 'deployment', include: ['test/deployment/**/*.test.ts'], ...besides, ...packaging } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: 'test/support/deployed-setup.ts',
          // One application and one plan for all of them.
          fileParallelism: false,
          ...kind(3),
          ...sandboxed,
        },
      },
    ],
  },
});
