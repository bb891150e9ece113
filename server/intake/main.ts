/** Entry of `npm run intake`. Guards the version first: the modules behind it do not even parse on an older Node. */
const [major] = process.versions.node.split('.').map(Number)
if ((major ?? 0) < 24) {
  process.stderr.write(
    `Loupe needs Node 24 or newer and was started by Node ${process.versions.node}. Use \`npm run intake\`, which brings its own.\n`,
  )
  process.exit(2)
}
const { runCommand } = await import('./command.ts')
process.exitCode = await runCommand(process.argv.slice(2))
