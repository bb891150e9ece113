import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './.ci/longest-first.ts'

const common = {
  exclude: ['**/node_modules/**', '**/*.slow.test.ts'],
  setupFiles: ['.ci/patience.ts'],
  // What a run that is cancelled has started ends too.
  globalSetup: ['.ci/leftovers/watch-run.ts'],
  // They end what hangs; a busy machine takes twenty times as long over what is usually done at once.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  // For a busy machine; what is so already is found at once.
  expect: { poll: { timeout: 20_000 } },
}
/** Vitest would leave one core to itself, half of a machine of two, on which the whole is to be done in 15 minutes. */
const maxWorkers = Math.max(2, availableParallelism() - 1)

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...common,
          name: 'server',
          include: ['server/**/*.test.ts'],
          maxWorkers,
          // One real PostgreSQL for the whole run.
          globalSetup: [...common.globalSetup, 'server/platform/database/test-cluster.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'unit',
          include: ['{electron,preload,renderer,resources,.ci}/**/*.test.{ts,tsx}'],
          maxWorkers,
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          // Each file runs servers, databases and browsers of its own, and waits for them most of the time.
          maxWorkers: 2,
          sequence: { groupOrder: 1 }, // after the others, when all are run by one command; `npm test` runs them beside
        },
      },
    ],
  },
})
