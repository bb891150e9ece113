import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openCv } from '../../renderer/align/load-open-cv.ts'
import { seedPractice } from '../../resources/sample-cases/run/seed.ts'
import { benchKnownWarps } from './align/known-warps.ts'
import { REALDATA } from './align/photos.ts'
import { prepareRealPhotos } from './align/prepared.ts'
import { benchRepeats } from './align/repeats.ts'
import { type Emit, emitSamples } from './align/report.ts'
import { benchSampleCases } from './align/sample-cases.ts'
import { benchStrangers } from './align/strangers.ts'

/**
 * How well two photos are lined up: docs/alignment.md. Needs the real data for (b) to (d). The sample practice for (a)
 * is drawn into a folder (`LOUPE_SAMPLES`, else a temporary one), which takes some minutes and is done once.
 */
export async function run(emit: Emit): Promise<void> {
  const { cv } = await openCv()
  if (existsSync(REALDATA)) {
    const photos = await prepareRealPhotos(cv)
    const seconds = { case: 'real photos', unit: 'ms' }
    emitSamples(
      emit,
      { ...seconds, metric: 'photo prepared' },
      photos.map(({ tookMs }) => tookMs),
    )
    const sheets = mkdtempSync(path.join(tmpdir(), 'loupe-blinks-'))
    const took = [...(await benchKnownWarps(cv, photos, emit)), ...(await benchRepeats(cv, photos, { emit, sheets }))]
    const strangers = benchStrangers(cv, photos, emit)
    emitSamples(emit, { ...seconds, metric: 'pair, features prepared' }, took)
    emitSamples(emit, { ...seconds, metric: 'pair that is refused' }, strangers)
  } else {
    process.stderr.write(`Left out: known warps, repeats and strangers need ${REALDATA}\n`)
  }
  await benchSampleCases(cv, await drawSamples(), emit)
}

async function drawSamples(): Promise<string> {
  const out = path.resolve(process.env['LOUPE_SAMPLES'] ?? path.join(tmpdir(), 'loupe-align-samples'))
  mkdirSync(out, { recursive: true })
  const say = (line: string) => process.stderr.write(`${line}\n`)
  await seedPractice({ out, today: '2026-11-21', threads: 2, keep: true, onPublished: () => {}, say })
  return out
}
