import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**', '**/*.slow.test.ts']
const timeouts = { testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          exclude,
          ...timeouts,
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
        },
      },
    ],
  },
})
