/** Node below this cannot run the sources: it lacks type stripping, and the native modules are built for 24. */
const OLDEST_MAJOR = 24

/** Why this Node may not run Loupe, in words for whoever typed the command; undefined when it may. */
export function refusalOfNode(version: string, command = 'npm run server'): string | undefined {
  const major = Number.parseInt(version, 10)
  if (major >= OLDEST_MAJOR) return undefined
  return (
    `Loupe needs Node ${OLDEST_MAJOR} or newer; this is ${version}. ` +
    `The right one is installed with the project: use "${command}" (or npx) instead of calling node directly.`
  )
}

/** First thing every entry point does, before it imports anything that an old Node cannot load. */
export function requireNode(command?: string): void {
  const refusal = refusalOfNode(process.versions.node, command)
  if (refusal === undefined) return
  process.stderr.write(`${refusal}\n`)
  process.exit(1)
}
