import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openCv } from '../../renderer/align/load-open-cv.ts'
import { type Counted, countObjects } from './align/counted.ts'
import { benchKnownWarps } from './align/known-warps.ts'
import { benchMemory } from './align/memory.ts'
import { REALDATA } from './align/photos.ts'
import { prepareRealPhotos } from './align/prepared.ts'
import { benchRepeats, pairsOfSameBite } from './align/repeats.ts'
import { type Emit, emitTook, say } from './align/report.ts'
import { benchSampleCases } from './align/sample-cases.ts'
import { benchStrangers } from './align/strangers.ts'

/**
 * How well two photos are lined up: docs/alignment.md. Draws the sample cases for (a) itself; (b) to (e) need the real
 * data. Pictures for looking at go to a temporary folder, which is told and stays.
 */
export async function run(emit: Emit): Promise<void> {
  const { cv } = await openCv()
  const counted = countObjects(cv)
  const sheets = mkdtempSync(path.join(tmpdir(), 'loupe-blinks-'))
  say(`Blinks to look at: ${sheets}`)
  if (existsSync(REALDATA)) await benchRealPhotos(counted, emit, sheets)
  else say(`Left out: known warps, repeats and strangers need ${REALDATA}`)
  say('Sample cases')
  const drawn = await benchSampleCases(counted.cv, { emit, sheets })
  emitTook(emit, { case: 'sample cases', metric: 'pair, features prepared' }, drawn)
  say('Done')
}

async function benchRealPhotos(counted: Counted, emit: Emit, sheets: string): Promise<void> {
  const { cv } = counted
  const photos = await prepareRealPhotos(cv)
  const name = { case: 'real photos' }
  emitTook(
    emit,
    { ...name, metric: 'photo prepared' },
    photos.map(({ took }) => took),
  )
  say('Known warps')
  const warped = await benchKnownWarps(cv, photos, emit)
  say('Repeats')
  const repeats = await benchRepeats(cv, photos, { emit, sheets })
  say('Strangers')
  const strangers = benchStrangers(cv, photos, emit)
  emitTook(emit, { ...name, metric: 'pair, features prepared' }, [...warped, ...repeats])
  emitTook(emit, { ...name, metric: 'pair that should be refused' }, strangers)
  say('Memory')
  await benchMemory(counted, pairsOfSameBite(photos), emit)
}
