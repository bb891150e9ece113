import { readFlags, readHttpUrl, readPath, readPort } from './command-line.ts'

export const PREVIEW_HELP = `The workstation in a browser, for development and demonstration. Answers on 127.0.0.1 only.

  node electron/preview/main.ts --server URL [--ca FILE] [--data DIR] [--port N] [--no-open]

  --server URL  the companion server
  --ca FILE     the one certificate authority to trust for it (PEM); without it the system's own list
  --data DIR    this workstation's store, default .loupe/workstation
  --port N      port to listen on, default 0: any free one
  --no-open     do not open a browser
  --help        this text
`

export type PreviewOptions = {
  readonly serverUrl: string
  readonly caFile: string | null
  readonly dataDir: string
  readonly port: number
  readonly open: boolean
}

/** @returns undefined when help was asked for */
export function parsePreviewOptions(args: readonly string[]): PreviewOptions | undefined {
  const flags = readFlags(args, {
    server: { type: 'string' },
    ca: { type: 'string' },
    data: { type: 'string', default: '.loupe/workstation' },
    port: { type: 'string', default: '0' },
    'no-open': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (flags.help) return undefined
  return {
    serverUrl: readHttpUrl(flags.server, '--server'),
    caFile: flags.ca === undefined ? null : readPath(flags.ca),
    dataDir: readPath(flags.data),
    port: readPort(flags.port) ?? 0,
    open: !flags['no-open'],
  }
}
