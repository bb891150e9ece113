import './require-node.ts'

const { runStart } = await import('./start/run-start.ts')
process.exitCode = await runStart(process.argv.slice(2))
