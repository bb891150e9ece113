import path from 'node:path'
import { PEERS } from './peers-installed.ts'

export type Contestant = {
  readonly name: string
  readonly server: string
  readonly client: string
  /** What is not alike, for whoever reads the figures. */
  readonly differs: string
}

const peer = (name: string, differs: string): Contestant => ({
  name,
  server: path.join(PEERS, `${name}-server.mjs`),
  client: path.join(PEERS, `${name}-client.mjs`),
  differs,
})

/** Loupe's workstation with the server's work done beforehand. Copies only. */
export const APART = 'loupe-server-apart'

export const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'loupe',
    server: path.join(import.meta.dirname, 'loupe-server.ts'),
    client: path.join(import.meta.dirname, 'loupe-client.ts'),
    differs:
      'TLS, encrypted on disk, PostgreSQL, every access audited; a change is a clinical decision judged by its rule',
  },
  {
    name: APART,
    server: path.join(import.meta.dirname, 'replay-server.ts'),
    client: path.join(import.meta.dirname, 'loupe-client.ts'),
    differs: 'as loupe, but its pages were made by the server before: a server on a computer of its own',
  },
  peer('pouchdb', 'plain HTTP, not encrypted, LevelDB on both sides'),
  peer('rxdb', 'plain HTTP, in memory on both sides: nothing reaches a disk (its free storages for Node have limits)'),
  peer('yjs', 'plain WebSocket, in memory on the server, LevelDB on the client, one document'),
  peer('tinybase', 'plain WebSocket, in memory on the server, a JSON file on the client'),
]
