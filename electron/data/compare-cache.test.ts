import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ALIGN_RECIPE, type Alignment, type PhotoPair } from '../../preload/contract/alignment.ts'
import { CHECK_RECIPE, type PhotoCheck } from '../../preload/contract/photo-check.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

let place: Awaited<ReturnType<typeof openTinyWorkplace>>
let child: DataChild
beforeEach(async () => {
  place = await openTinyWorkplace()
  child = await place.begin(place.alma)
})
afterEach(() => place.close())

const hashOf = (index: number): PhotoHash =>
  PhotoHash.parse(place.sessions[index]?.images.find(({ view }) => view === 'frontal')?.photo?.hash)
const pairOf = (current: number, prior: number): PhotoPair => ({
  current: hashOf(current),
  prior: hashOf(prior),
  view: 'frontal',
})
const alignmentOf = (pair: PhotoPair): Alignment => ({
  pair,
  recipe: ALIGN_RECIPE,
  verdict: 'aligned',
  reason: null,
  confidence: 0.9,
  transform: [1, 0, 0.01, 0, 1, 0.02, 0, 0, 1],
  arch: 'both',
  isGuarded: true,
  turnedDeg: 0,
  tookMs: 12,
})

it('alignments, nudges and checks are there after a restart, and lie encrypted', async () => {
  const pair = pairOf(1, 0)
  const nudge = { pair, x: 0.0123456, y: -0.5 }
  const check: PhotoCheck = {
    hash: hashOf(1),
    view: 'frontal',
    recipe: CHECK_RECIPE,
    flags: [{ flag: 'blur', confidence: 0.7 }],
    looksLike: null,
    aligners: 'in',
  }
  await child.call('align.save', alignmentOf(pair))
  await child.call('align.nudge', nudge)
  await child.call('checks.save', check)
  await child.stop()
  child = await place.restart()
  const other = pairOf(2, 0)
  expect(await child.call('align.find', [other, pair])).toEqual([
    { pair: other, alignment: null, nudge: null },
    { pair, alignment: alignmentOf(pair), nudge },
  ])
  expect(await child.call('checks.find', [hashOf(2), hashOf(1)])).toEqual([check])
  expect(readFileSync(path.join(place.dataDir, 'store.db')).includes('0.0123456')).toBe(false)
})

it('nothing is kept of a photo that is not here (any more)', async () => {
  const pair = { ...pairOf(1, 0), prior: PhotoHash.parse('ab'.repeat(32)) }
  await child.call('align.save', alignmentOf(pair))
  await child.call('align.nudge', { pair, x: 1, y: 1 })
  expect(await child.call('align.find', [pair])).toEqual([{ pair, alignment: null, nudge: null }])
})
