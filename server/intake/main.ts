import { requireNode } from '../platform/node-version.ts'

requireNode('npm run intake')
// Only now: the modules behind it do not even parse on an older Node.
const { runCommand } = await import('./command.ts')
process.exitCode = await runCommand(process.argv.slice(2))
