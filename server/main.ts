import { requireNode } from './platform/node-version.ts'

requireNode()
// Only now: imports are hoisted, and an old Node must not reach modules that it cannot load.
const { runServer } = await import('./run-server.ts')
await runServer(process.argv.slice(2), process.env)
