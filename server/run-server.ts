import { type RunningServer, startServer } from './compose.ts'
import { readConfig } from './platform/config.ts'
import { createLogger } from './platform/logger.ts'

/** The command `npm run server`: one JSON line on standard output when it listens, until SIGINT or SIGTERM. */
export async function runServer(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const answer = readConfig(args, env)
  if (answer.kind === 'help') {
    process.stdout.write(answer.text)
    return
  }
  if (answer.kind === 'refused') {
    process.stderr.write(`${answer.reasons.join('\n')}\n`)
    process.exitCode = 2
    return
  }
  const log = createLogger(answer.config.log)
  const stopAsked = firstSignal() // before the start: a signal that comes while starting is not lost
  const server = await startServer(answer.config, log).catch((cause: unknown) => {
    log.error('server.start-failed', cause)
    // The operator's own machine and configuration: here, unlike in a log line, the words help.
    process.stderr.write(`Loupe could not start: ${cause instanceof Error ? cause.message : String(cause)}\n`)
    process.exit(1)
  })
  announceStart(server)
  await stopAsked
  await server.close().catch((cause: unknown) => {
    log.error('server.stop-failed', cause)
    process.stderr.write(`Loupe did not stop cleanly: ${cause instanceof Error ? cause.message : String(cause)}\n`)
    process.exit(1)
  })
  log.info('server.stopped')
  process.exit(0)
}

function announceStart(server: RunningServer): void {
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: server.url, ca: server.caPath })}\n`)
}

/** A second signal ends the process at once: whoever sends it does not want to wait for what is under way. */
function firstSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let asked = 0
  const ask = () => {
    asked += 1
    if (asked > 1) process.exit(1)
    resolve()
  }
  process.on('SIGINT', ask)
  process.on('SIGTERM', ask)
  return promise
}
