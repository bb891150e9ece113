import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSessionOf, untilPublished, uploadBytes } from './testing/send-photo.ts'
import { readIntakeKey, type ServerProcess, startServerProcess } from './testing/server-process.ts'

let dataDir: string
let server: ServerProcess
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'loupe-stops-'))
  server = await startServerProcess(dataDir)
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

test.each(['SIGTERM', 'SIGKILL'] as const)(
  '%s while photos are rendered loses none of them and doubles none',
  async (signal) => {
    const intake = `Intake ${await readIntakeKey(dataDir, 'Northside Orthodontics')}`
    const hashes: string[] = []
    for (let i = 0; i < 5; i += 1) hashes.push(await uploadBytes(server, intake, await largePhoto()))
    const sessionId = await createSessionOf(server, intake, hashes) // two of them are taken up at once
    await server.stop(signal)
    server = await startServerProcess(dataDir)
    const { images } = await untilPublished(server, intake, sessionId)
    expect(images.map((image) => [image.state, image.refusal])).toEqual(hashes.map(() => ['ready', null]))
  },
)

/** Takes a good part of a second to decode. */
async function largePhoto(): Promise<Buffer> {
  const [width, height] = [600, 450]
  const noise = sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
  return noise.resize(4000, 3000).jpeg({ quality: 90 }).toBuffer()
}
