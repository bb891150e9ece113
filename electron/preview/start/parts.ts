import path from 'node:path'
import { type Child, startChild } from './child.ts'

/** Scripts of the parts; tests put small stand-ins here. */
export type Parts = {
  readonly root: string
  readonly server: string
  readonly preview: string
  readonly samples: string
  /** The sample practice's patients. */
  readonly patients: string
}

export function partsOf(root: string): Parts {
  return {
    root,
    server: path.join(root, 'server/main.ts'),
    preview: path.join(root, 'electron/preview/main.ts'),
    samples: path.join(root, 'resources/sample-cases/main.ts'),
    patients: path.join(root, 'resources/sample-cases/patients.json'),
  }
}

export function startServer(parts: Parts, dataDir: string, port: number, empty: boolean): Child {
  return startChild({
    name: 'server',
    command: process.execPath,
    args: [parts.server, '--data', dataDir, '--port', String(port)],
    env: empty ? {} : { LOUPE_DEMO_PATIENTS: parts.patients },
    logFile: path.join(dataDir, 'logs/server.log'),
  })
}

export type Connection = { readonly serverUrl: string; readonly caFile: string }

export function startPreview(parts: Parts, dataDir: string, port: number, { serverUrl, caFile }: Connection): Child {
  const workstation = path.join(dataDir, 'workstation')
  const flags = ['--server', serverUrl, '--ca', caFile, '--data', workstation, '--port', String(port), '--no-open']
  return startChild({
    name: 'workstation',
    command: process.execPath,
    args: [parts.preview, ...flags],
    logFile: path.join(dataDir, 'logs/workstation.log'),
  })
}

export function startDesktop(runtime: string, parts: Parts, dataDir: string, connection: Connection): Child {
  const { serverUrl, caFile } = connection
  const flags = [`--server=${serverUrl}`, `--ca=${caFile}`, `--data=${path.join(dataDir, 'workstation')}`]
  return startChild({
    name: 'workstation',
    command: runtime,
    args: [parts.root, ...flags],
    logFile: path.join(dataDir, 'logs/workstation.log'),
  })
}

/** Resumable: what it sent before is not sent again. Its progress goes to this terminal. */
export function startSamples(parts: Parts, dataDir: string, { serverUrl, caFile }: Connection): Child {
  const keys = path.join(dataDir, 'server/demo/intake-keys.json')
  const flags = ['--server', serverUrl, '--ca', caFile, '--keys', keys, '--out', path.join(dataDir, 'samples')]
  return startChild({
    name: 'sample practice',
    command: process.execPath,
    args: [parts.samples, ...flags],
    logFile: null,
  })
}
