import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../platform/clock.ts'
import { silentLogger } from '../../platform/logger.ts'
import { openFolderStore } from '../../platform/objects/folder/folder-store.ts'
import { objectPath } from '../../platform/objects/folder/object-path.ts'
import { answerSignedRequests } from '../../platform/objects/folder/signed-requests.ts'
import { objectStoreContract } from '../../platform/objects/objects-contract.testing.ts'
import { startStubHttp } from '../testing/stub-http.ts'

/** The folder store over the server's real HTTPS border, because that is where its addresses lead. */
const leftovers: string[] = []
describe('objects in a folder', () => {
  objectStoreContract(async () => {
    const root = await mkdtemp(join(tmpdir(), 'loupe-objects-'))
    let skewMs = 0
    const clock = { nowMs: () => Date.now() + skewMs }
    const secret = randomBytes(32)
    const stub = await startStubHttp({ objects: answerSignedRequests({ root, secret, clock }) })
    const { port } = await stub.http.listen('127.0.0.1', 0)
    const options = { root, clock, publicUrl: () => `https://127.0.0.1:${port}` }
    return {
      store: await openFolderStore({ ...options, secret }),
      withWrongSecret: await openFolderStore({ ...options, secret: randomBytes(32) }),
      ca: await readFile(stub.ca, 'utf8'),
      checksHash: true,
      passTime: async (seconds) => {
        skewMs += seconds * 1000
      },
      stop: async () => {
        await stub.stop()
        leftovers.push(...(await readdir(root, { recursive: true })).filter((file) => file.endsWith('.part')))
        await rm(root, { recursive: true, force: true })
      },
    }
  })
})

test('an upload that is cut leaves nothing behind and is no fault of the server', async () => {
  const root = await mkdtemp(join(tmpdir(), 'loupe-objects-'))
  const options = { root, clock: systemClock, secret: randomBytes(32) }
  const failed: string[] = []
  const log = { ...silentLogger, error: (event: string) => void failed.push(event) }
  const stub = await startStubHttp({ objects: answerSignedRequests(options), log })
  const { port } = await stub.http.listen('127.0.0.1', 0)
  const store = await openFolderStore({ ...options, publicUrl: () => `https://127.0.0.1:${port}` })
  const what = { bytes: 1_000_000, mediaType: 'image/jpeg', sha256: 'a'.repeat(64) } as const
  const { url, headers } = await store.signUpload('photos/a', what, 60)
  const sent = request(url, {
    method: 'PUT',
    ca: await readFile(stub.ca, 'utf8'),
    headers: { ...headers, 'content-length': String(what.bytes) },
  })
  sent.on('error', () => {}) // we cut it ourselves
  sent.write(Buffer.alloc(200_000))
  const files = async () => (await readdir(root, { recursive: true })).filter((name) => name.includes('.'))
  await vi.waitFor(async () => expect(await files()).toHaveLength(1))
  sent.destroy()
  await vi.waitFor(async () => expect(await files()).toEqual([]))
  await stub.stop()
  await rm(root, { recursive: true, force: true })
  expect(failed).toEqual([])
})

test('no refused upload left anything behind', () => {
  expect(leftovers).toEqual([])
})

test.each(['../secret', 'a/../b', '/etc/passwd', 'a//b', 'a/./b', 'a\\b', 'a/b\0', '.hidden', ''])(
  'the key %j never becomes a path',
  (key) => {
    expect(() => objectPath('/data', key)).toThrow('upload.signature')
  },
)
