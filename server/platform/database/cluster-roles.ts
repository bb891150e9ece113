import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'

export type Address = { readonly socketDir: string } | { readonly port: number }
/** Names the socket's file; nothing listens on it over TCP. */
export const SOCKET_PORT = 5432

export type Passwords = { readonly superuser: string; readonly owner: string; readonly app: string }

/** Made at first start, readable by the server's own account alone. */
export async function readPasswords(dir: string): Promise<Passwords> {
  const file = path.join(dir, 'postgres-passwords.json')
  const stored = await readFile(file, 'utf8').catch(() => undefined)
  if (stored !== undefined) return JSON.parse(stored) as Passwords
  const make = () => randomBytes(24).toString('hex')
  const passwords = { superuser: make(), owner: make(), app: make() }
  await writeFile(`${file}.new`, JSON.stringify(passwords), { mode: 0o600, flush: true })
  await rename(`${file}.new`, file) // whole or not at all: the cluster is made with these
  return passwords
}

export type ClusterUrls = { readonly ownerUrl: string; readonly url: string; readonly superuserUrl: string }

export function urlsOf(at: Address, passwords: Passwords): ClusterUrls {
  const make = (user: string, password: string, database: string) =>
    'port' in at
      ? `postgresql://${user}:${password}@127.0.0.1:${at.port}/${database}`
      : `postgresql://${user}:${password}@localhost:${SOCKET_PORT}/${database}?host=${encodeURIComponent(at.socketDir)}`
  return {
    superuserUrl: make('postgres', passwords.superuser, 'postgres'),
    ownerUrl: make('loupe_owner', passwords.owner, 'loupe'),
    url: make('loupe_app', passwords.app, 'loupe'),
  }
}

/** Two roles: the owner migrates; the app owns nothing, so row-level security holds for it. */
export async function createRoles(superuserUrl: string, passwords: Passwords): Promise<void> {
  const client = new Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    for (const [role, password] of [
      ['loupe_owner', passwords.owner],
      ['loupe_app', passwords.app],
    ] as const) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
      const verb = rowCount === 0 ? 'create' : 'alter'
      await client.query(
        `${verb} role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password '${password}'`,
      )
    }
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'loupe'")
    if (rowCount === 0) await client.query('create database loupe owner loupe_owner')
  } finally {
    await client.end()
  }
}
