import { createLogger } from '../platform/logger.ts'
import { systemClock } from '../platform/clock.ts'
import { systemKeychain } from '../platform/keychain.ts'
import { openHostPort } from './host-port.ts'
import { parseDataOptions } from './options.ts'
import { serveHost } from './serve-host.ts'

const logger = createLogger(process.env['LOUPE_LOG'] ?? 'info')
// Node would print the message too, which may quote what was being stored.
process.on('uncaughtException', (cause) => {
  logger.error('data.crashed', cause)
  process.exit(1)
})
await serveHost({
  options: parseDataOptions(process.argv.slice(2)),
  clock: systemClock,
  logger,
  keychain: systemKeychain,
  port: openHostPort(),
  exit: () => process.exit(0),
})
