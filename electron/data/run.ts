import { systemClock } from '../platform/clock.ts'
import { createLogger } from '../platform/logger.ts'
import { openSystemKeychain } from '../platform/system-keychain.ts'
import { openHostPort } from './host-port.ts'
import { parseDataOptions } from './options.ts'
import { serveHost } from './serve-host.ts'

/** @param entry this process's own entry, which in a thread answers for the keychain */
export async function runDataProcess(entry: URL): Promise<void> {
  const logger = createLogger(process.env['LOUPE_LOG'] ?? 'info')
  // Node would print the message too, which may quote what was being stored.
  process.on('uncaughtException', (cause) => {
    logger.error('data.crashed', cause)
    process.exit(1)
  })
  const keychain = openSystemKeychain(entry)
  await serveHost({
    options: parseDataOptions(process.argv.slice(2)),
    clock: systemClock,
    logger,
    keychain,
    port: openHostPort(),
    exit: () => (keychain.isStuck() ? process.kill(process.pid, 'SIGKILL') : process.exit(0)),
  })
}
