import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROUTES } from './contract/api/routes.ts'
import { signInAs } from './demo/testing/sign-in.ts'
import { hasS3Server, startS3Server } from './platform/objects/testing/s3-server.ts'
import { readRendition, sendLargePhoto, sendPhoto } from './testing/send-photo.ts'
import { readIntakeKey, startServerProcess } from './testing/server-process.ts'

test.skipIf(!hasS3Server())(
  'with LOUPE_S3_BUCKET photos go to S3 and come from there',
  { timeout: 120_000 },
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'loupe-s3-main-'))
    const s3 = await startS3Server()
    const server = await startServerProcess(dataDir, {
      LOUPE_S3_BUCKET: s3.bucket,
      LOUPE_S3_ENDPOINT: s3.endpoint,
      LOUPE_S3_ACCESS_KEY_ID: s3.credentials.accessKeyId,
      LOUPE_S3_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
    })
    try {
      const intake = `Intake ${await readIntakeKey(dataDir, 'Northside Orthodontics')}`
      const progress = await sendPhoto(server, intake)
      expect((await sendLargePhoto(server, intake)).images.map((image) => image.state)).toEqual(['ready'])
      const info = ROUTES['session.signInInfo'].output.parse((await server.call('GET', '/api/v1/sign-in')).json)
      const { tokens } = await signInAs(info.issuer, 'alma.reyes')
      const read = await readRendition(server, `Bearer ${tokens.access_token}`, progress)
      expect(read).toEqual({ isWhole: true, widthPx: 512 })
      expect(await readdir(join(dataDir, 'server'))).not.toContain('objects')
      await s3.stop()
      expect((await server.call('GET', '/readyz')).json).toEqual({ ok: false, database: true, objects: false })
    } finally {
      await server.stop()
      await s3.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
)
