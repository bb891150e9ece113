import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { SessionTruth } from '../truth/schema.ts'
import { readSamplePatients } from '../plan/patients.ts'
import { planPractice } from '../plan/plan.ts'
import { manifestOf } from './manifest.ts'
import { seedPractice } from './seed.ts'
import { mayCountAsPublished } from './send.ts'

const out = mkdtempSync(path.join(tmpdir(), 'loupe-samples-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

it('seeds the newest session, keeps the truth, drops the photos, and goes on where a broken run stopped', async () => {
  const events: string[] = []
  let broken = true
  const manifests: string[] = []
  const run = () =>
    seedPractice({
      out,
      today: '2026-11-21',
      threads: 1,
      drawn: { widthPx: 336, heightPx: 252 },
      keep: false,
      limit: 1,
      send: async (manifest) => {
        manifests.push(readFileSync(manifest, 'utf8'))
        if (broken) throw new Error('The server is away')
      },
      onPublished: (event) => events.push(JSON.stringify(event)),
      say: () => undefined,
    })
  await expect(run()).rejects.toThrow('away')
  expect(existsSync(path.join(out, 'seeded.json'))).toBe(false)
  broken = false
  await run()
  expect(events).toEqual(['{"event":"published","sessions":1,"of":1}'])
  expect(manifests[1]).toBe(manifests[0])
  const folder = path.join(out, 'NS-1001', '2026-11-21')
  expect(readdirSync(folder)).toEqual(['truth.json'])
  const truth = SessionTruth.parse(JSON.parse(readFileSync(path.join(folder, 'truth.json'), 'utf8')))
  expect(truth.photos[0]?.widthPx).toBe(4032)
  await run()
  expect(manifests).toHaveLength(2)
})

it('writes manifests with the columns of the intake and one row per photo', () => {
  const [first] = planPractice(readSamplePatients(), '2026-11-21')
  if (first === undefined) throw new Error('The plan has sessions')
  const lines = manifestOf([first]).trim().split('\n')
  expect(lines[0]).toBe('patient,captured_on,view,file,stage,aligners,mirrored')
  expect(lines).toHaveLength(1 + first.photos.length)
  expect(lines[1]).toBe('NS-1001,2026-11-21,occlusal_upper,NS-1001/2026-11-21/occlusal_upper.jpg,12,out,none')
})

it('counts a batch as published when only photos were refused, and not when a session failed', () => {
  const line = (failed: readonly { code: string }[]) => JSON.stringify({ event: 'done', failed })
  expect(mayCountAsPublished(0, '')).toBe(true)
  expect(mayCountAsPublished(1, line([]))).toBe(true)
  expect(mayCountAsPublished(1, line([{ code: 'conflict.exists' }]))).toBe(true)
  expect(mayCountAsPublished(1, line([{ code: 'server.busy' }]))).toBe(false)
  expect(mayCountAsPublished(1, '')).toBe(false)
  expect(mayCountAsPublished(3, line([]))).toBe(false)
  expect(mayCountAsPublished(null, '')).toBe(false)
})
