// Checked before anything else is loaded: an older Node cannot read the other files at all.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `The sample practice needs Node 24 or newer, this is ${process.versions.node}. Use the one in node_modules/.bin.\n`,
  )
  process.exit(1)
}
void start()

async function start(): Promise<void> {
  const { runSampleCases } = await import('./run/command.ts')
  process.exitCode = await runSampleCases(process.argv.slice(2))
}
