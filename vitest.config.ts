import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**', '**/*.slow.test.ts']
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 }
/** Vitest would leave one core to itself, half of a machine of two, on which the whole is to be done in 15 minutes. */
const maxWorkers = Math.max(2, availableParallelism() - 1)

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          exclude,
          ...timeouts,
          maxWorkers,
          // One real PostgreSQL for the whole run.
          globalSetup: ['server/platform/database/test-cluster.ts'],
        },
      },
      {
        test: {
          name: 'unit',
          include: ['{electron,preload,renderer,resources,.ci}/**/*.test.{ts,tsx}'],
          exclude,
          ...timeouts,
          maxWorkers,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // For a busy machine; what is so already is found at once.
          expect: { poll: { timeout: 15_000 } },
          // Each file runs servers, databases and browsers of its own: two cores carry one such file at a time.
          fileParallelism: false,
        },
      },
    ],
  },
})
