import { readFlags, readPath, readPort } from '../command-line.ts'

export const START_HELP = `Starts Loupe on this machine: its server, a sample practice, and the workstation.

  npm start -- [--data DIR] [--port N] [--no-open] [--empty]

  --data DIR  where everything is kept, default .loupe
  --port N    the server's port, default 8443 (or a free one when that is taken); 0: any free one
  --no-open   open no window and no browser
  --empty     no sample patients; the people who sign in are there
  --help      this text

Ctrl-C stops everything; a second Ctrl-C a moment later stops it by force.
`

const DEFAULT_SERVER_PORT = 8443

export type StartOptions = {
  readonly dataDir: string
  readonly port: number
  /** A port that somebody asked for is never exchanged silently for another. */
  readonly portWasGiven: boolean
  readonly open: boolean
  readonly empty: boolean
}

/** @returns undefined when help was asked for */
export function parseStartOptions(args: readonly string[]): StartOptions | undefined {
  const flags = readFlags(args, {
    data: { type: 'string', default: '.loupe' },
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
    empty: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (flags.help) return undefined
  const port = readPort(flags.port)
  return {
    dataDir: readPath(flags.data),
    port: port ?? DEFAULT_SERVER_PORT,
    portWasGiven: port !== undefined,
    open: !flags['no-open'],
    empty: flags.empty,
  }
}
