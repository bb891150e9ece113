import { X509Certificate } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { getDemoTls } from './demo-tls.ts'
import { getServerSecret } from './server-secret.ts'

const DAY_MS = 86_400_000
const nowMs = Date.UTC(2026, 0, 15)
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loupe-secrets-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('the authority is made once and signs a certificate for loopback names only', async () => {
  const first = await getDemoTls(folder, nowMs)
  const ca = new X509Certificate(await readFile(first.caPath))
  const leaf = new X509Certificate(first.cert)
  expect(ca.ca).toBe(true)
  expect(leaf.ca).toBe(false)
  expect(leaf.verify(ca.publicKey)).toBe(true)
  expect(leaf.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  expect(await getDemoTls(folder, nowMs + DAY_MS)).toEqual(first)
})

test('the certificate is renewed a month before it ends, under the same authority', async () => {
  const first = await getDemoTls(folder, nowMs)
  const authority = await readFile(first.caPath, 'utf8')
  expect((await getDemoTls(folder, nowMs + 59 * DAY_MS)).cert).toBe(first.cert)
  const renewed = await getDemoTls(folder, nowMs + 61 * DAY_MS)
  expect(renewed.cert).not.toBe(first.cert)
  expect(await readFile(first.caPath, 'utf8')).toBe(authority)
})

test('a renewal that was cut short between key and certificate is made again', async () => {
  const first = await getDemoTls(folder, nowMs)
  const other = await getDemoTls(join(folder, 'other'), nowMs)
  await writeFile(join(folder, 'server.key'), other.key)
  const repaired = await getDemoTls(folder, nowMs)
  expect(repaired.key).not.toBe(other.key)
  expect(repaired.cert).not.toBe(first.cert)
})

test('every secret is for its owner alone, also after a copy widened its mode', async () => {
  await getDemoTls(folder, nowMs)
  await getServerSecret(folder)
  await chmod(join(folder, 'server.secret'), 0o644)
  await getServerSecret(folder)
  const files = await readdir(folder)
  const modes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).mode & 0o777))
  expect(modes).toEqual(files.map(() => 0o600))
})

test('the server secret is kept, and a damaged one is not silently replaced', async () => {
  const secret = await getServerSecret(folder)
  expect(secret.length).toBe(32)
  expect(await getServerSecret(folder)).toEqual(secret)
  await writeFile(join(folder, 'server.secret'), 'short\n')
  await expect(getServerSecret(folder)).rejects.toThrow(/damaged/)
})
