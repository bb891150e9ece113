import { describe, expect, test } from 'vitest'
import { PhotoCheck } from '../../../preload/contract/photo-check.ts'
import { checkPhoto } from '../../../renderer/checks/check-photo.ts'
import type { Pixels } from '../../../renderer/align/features.ts'
import { PhotoHash } from '../../../server/contract/domain/ids.ts'
import { VIEWS, type View } from '../../../server/contract/domain/views.ts'
import { findRealData } from '../../support/real-data.ts'
import { makeCases } from './cases.ts'
import { isAskedFor, type Loaded, loadRealPhotos } from './photos.ts'

/** Of people that neither templates nor cut-offs were set on; bounds with room, `bench -- checks` has the figures. */
const JUDGING = new Set(['sb_v05', 'sb_v07', 'sjtu_p1'])
const hasPhotos = findRealData() !== undefined
const photos: readonly Loaded[] = hasPhotos
  ? await loadRealPhotos((photo) => JUDGING.has(photo.person) && isAskedFor(photo))
  : []
const HASH = PhotoHash.parse('c'.repeat(64))
const flagsOf = (pixels: Pixels, view: View) =>
  checkPhoto({ hash: HASH, view }, pixels).flags.map(({ flag }) => flag as string)
const share = (told: readonly boolean[]) => told.filter(Boolean).length / told.length

describe.skipIf(!hasPhotos)('real photos of people that nothing was set on', () => {
  test('as they are they are left alone, and the answer keeps to the contract', () => {
    expect(photos.length).toBeGreaterThan(20)
    const told = photos.filter(({ photo, pixels }) => flagsOf(pixels, photo.view).length > 0)
    expect(told.length).toBeLessThanOrEqual(2)
    const [first] = photos
    if (first === undefined) throw new Error('no photo')
    expect(PhotoCheck.parse(checkPhoto({ hash: HASH, view: 'frontal' }, first.pixels)).aligners).toBe('unknown')
  })

  test('filed as another view most are told, and a view that is named is the right one', () => {
    const filed = photos.flatMap(({ photo, pixels }) =>
      VIEWS.filter((view) => view !== photo.view).map((view) => ({
        photo,
        check: checkPhoto({ hash: HASH, view }, pixels),
      })),
    )
    expect(share(filed.map(({ check }) => check.flags.some(({ flag }) => flag === 'wrong_view')))).toBeGreaterThan(0.6)
    const named = filed.filter(({ check }) => check.looksLike !== null)
    expect(named.length).toBeGreaterThan(10)
    expect(share(named.map(({ photo, check }) => check.looksLike === photo.view))).toBeGreaterThan(0.95)
  })

  test('what was blurred, darkened or burnt out is told', async () => {
    const told = new Map(['blur 12 px', 'dark -3 EV', 'overexposed +3 EV'].map((name) => [name, [] as boolean[]]))
    for (const { photo, large } of photos.filter((_, at) => at % 3 === 0)) {
      for await (const { kind, strength, pixels } of makeCases({ large }, (name) => told.has(name))) {
        told.get(`${kind} ${strength}`)?.push(flagsOf(pixels, photo.view).includes(kind))
      }
    }
    for (const [name, all] of told) expect(share(all), name).toBeGreaterThan(0.8)
  })
})
