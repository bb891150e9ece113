import path from 'node:path'
import { parseArgs } from 'node:util'

export type AppOptions = {
  /** Null: this workstation was not told which server it belongs to. */
  readonly serverUrl: string | null
  readonly caFile: string | null
  readonly dataDir: string
}

/** From the first start's own command line and environment. A second start's arguments are never read: they are hostile input. */
export function readAppOptions(argv: readonly string[], env: NodeJS.ProcessEnv, userData: string): AppOptions {
  // Chromium's switches and the app's folder are on the same line: what is not ours is passed over.
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { server: { type: 'string' }, ca: { type: 'string' }, data: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const text = (value: unknown, fallback: string | undefined) => (typeof value === 'string' ? value : fallback)
  const url = URL.parse(text(values['server'], env['LOUPE_SERVER_URL']) ?? '')
  return {
    serverUrl: url !== null && ['http:', 'https:'].includes(url.protocol) ? url.origin : null,
    caFile: text(values['ca'], env['LOUPE_CA_FILE']) ?? null,
    dataDir: path.resolve(text(values['data'], env['LOUPE_DATA_DIR']) ?? path.join(userData, 'workstation')),
  }
}
