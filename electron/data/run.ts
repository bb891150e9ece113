import { systemClock } from '../platform/clock.ts'
import { createLogger } from '../platform/logger.ts'
import { openSystemKeychain } from '../platform/system-keychain.ts'
import { openHostPort } from './host-port.ts'
import { parseDataOptions } from './options.ts'
import { serveHost } from './serve-host.ts'

/** @param entry this process's own entry, which in a thread answers for the keychain or reads rows */
export async function runDataProcess(entry: URL): Promise<void> {
  const logger = createLogger(process.env['LOUPE_LOG'] ?? 'info')
  const keychain = openSystemKeychain(entry)
  const exit = (code: number) => (keychain.isStuck() ? process.kill(process.pid, 'SIGKILL') : process.exit(code))
  // Node would print the message too, which may quote what was being stored.
  process.on('uncaughtException', (cause) => {
    logger.error('data.crashed', cause)
    exit(1)
  })
  await serveHost({
    options: parseDataOptions(process.argv.slice(2)),
    clock: systemClock,
    logger,
    keychain,
    port: openHostPort(),
    entry,
    exit: () => exit(0),
  })
}
