import './require-node.ts'

const { runPreview } = await import('./run-preview.ts')
process.exitCode = await runPreview(process.argv.slice(2))
