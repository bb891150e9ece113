import { createLogger } from '../platform/logger.ts'
import { systemClock } from '../platform/clock.ts'
import { systemKeychain } from '../platform/keychain.ts'
import { openHostPort } from './host-port.ts'
import { parseDataOptions } from './options.ts'
import { serveHost } from './serve-host.ts'

const logger = createLogger(process.env['LOUPE_LOG'] ?? 'info')
await serveHost({
  options: parseDataOptions(process.argv.slice(2)),
  clock: systemClock,
  logger,
  keychain: systemKeychain,
  port: openHostPort(),
  exit: () => process.exit(0),
})
