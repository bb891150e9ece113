import { afterEach, beforeEach, expect, it } from 'vitest'
import { ALIGN_RECIPE, type Alignment, type PhotoPair } from '../../../preload/contract/alignment.ts'
import { CHECK_RECIPE, type PhotoCheck } from '../../../preload/contract/photo-check.ts'
import type { PhotoHash } from '../../../server/contract/domain/ids.ts'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { applyPage } from '../../sync/apply.ts'
import { write } from '../db.ts'
import { aPage, aPatient, aSession, openTestStore } from '../testing.ts'
import { findChecks, saveCheck, trimChecks } from './photo-checks.ts'
import { findPairs, saveAlignment, saveNudge, trimPairs } from './photo-pairs.ts'

const patient = aPatient()
const [now, before, first] = [aSession(patient.id), aSession(patient.id), aSession(patient.id)]
let store: ReturnType<typeof openTestStore>
beforeEach(() => {
  store = openTestStore()
  const sessions = [now, before, first].map((body) => ({ entity: 'session' as const, id: body.id, body }))
  const rows = [{ entity: 'patient' as const, id: patient.id, body: patient }, ...sessions]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
})
afterEach(() => store.remove())

const hashOf = (session: ScanSession) => session.images[0]?.photo?.hash as PhotoHash // aSession gives every view a photo
const pairOf = (current: ScanSession, prior: ScanSession): PhotoPair => ({
  current: hashOf(current),
  prior: hashOf(prior),
  view: 'frontal',
})
const align = (pair: PhotoPair, recipe = ALIGN_RECIPE, atMs = 1) => {
  const alignment: Alignment = {
    pair,
    recipe,
    verdict: 'not_comparable',
    reason: 'other_bite',
    confidence: 0.2,
    transform: null,
    arch: 'upper',
    isGuarded: true,
    turnedDeg: 0,
    tookMs: 3,
  }
  write(store.db, (tx) => saveAlignment(tx, alignment, atMs))
  return alignment
}
const nudge = (pair: PhotoPair, x: number) => write(store.db, (tx) => saveNudge(tx, { pair, x, y: 0 }, 1))
const check = (session: ScanSession, change: Partial<PhotoCheck> = {}, atMs = 1) => {
  const of: PhotoCheck = {
    hash: hashOf(session),
    view: 'frontal',
    recipe: CHECK_RECIPE,
    flags: [],
    looksLike: 'frontal',
    aligners: 'out',
    ...change,
  }
  write(store.db, (tx) => saveCheck(tx, of, atMs))
  return of
}
const find = (pair: PhotoPair) => findPairs(store.db, [pair])[0]

it('an answer of another recipe is unknown, and what a hand moved stays', () => {
  const pair = pairOf(now, before)
  nudge(pair, 0.5)
  align(pair, ALIGN_RECIPE + 1)
  expect(find(pair)).toEqual({ pair, alignment: null, nudge: { pair, x: 0.5, y: 0 } })
  const alignment = align(pair)
  expect(find(pair)).toEqual({ pair, alignment, nudge: { pair, x: 0.5, y: 0 } })
})

it('an answer whose shape nobody knows any more is unknown', () => {
  const pair = pairOf(now, before)
  align(pair)
  store.db.prepare(`UPDATE photo_pair SET alignment = '{"recipe":${ALIGN_RECIPE}}'`).run()
  expect(find(pair)?.alignment).toBeNull()
})

it('a nudge of nothing forgets it, and leaves no row behind that knows nothing', () => {
  const pair = pairOf(now, before)
  nudge(pair, 0.5)
  nudge(pair, 0)
  expect(find(pair)?.nudge).toBeNull()
  expect(store.db.prepare('SELECT count(*) FROM photo_pair').pluck().get()).toBe(0)
  const alignment = align(pair)
  nudge(pair, 0.5)
  nudge(pair, 0)
  expect(find(pair)).toEqual({ pair, alignment, nudge: null })
})

it('a pair is not the other way round, nor of another view', () => {
  align(pairOf(now, before))
  expect(find(pairOf(before, now))?.alignment).toBeNull()
  expect(find({ ...pairOf(now, before), view: 'buccal_left' })?.alignment).toBeNull()
})

it('the oldest go when there are too many, but nothing that a hand moved', () => {
  align(pairOf(now, before), ALIGN_RECIPE, 30)
  align(pairOf(now, first), ALIGN_RECIPE, 10)
  align(pairOf(before, first), ALIGN_RECIPE, 20)
  nudge(pairOf(now, first), 0.5)
  expect(write(store.db, (tx) => trimPairs(tx, 3))).toBe(0)
  expect(write(store.db, (tx) => trimPairs(tx, 2))).toBe(1)
  expect(find(pairOf(before, first))?.alignment).toBeNull()
  expect(find(pairOf(now, first))?.alignment).not.toBeNull()
  check(now, {}, 2)
  check(before, {}, 1)
  write(store.db, (tx) => trimChecks(tx, 1))
  expect(findChecks(store.db, [hashOf(now), hashOf(before)])).toEqual([check(now)])
})

it('a check of another recipe is unknown; one photo may be checked for two views', () => {
  check(now, { recipe: CHECK_RECIPE + 1 })
  expect(findChecks(store.db, [hashOf(now)])).toEqual([])
  const both = [check(now, { view: 'buccal_left' }), check(now)]
  expect(findChecks(store.db, [hashOf(now)])).toEqual(both)
})

it('all of it goes with the photos of a withdrawn scan, on whichever side of a pair they are', () => {
  align(pairOf(now, before))
  align(pairOf(before, first))
  const stays = align(pairOf(now, first))
  check(before)
  nudge(pairOf(now, before), 0.5)
  const { ops, ...page } = aPage([{ entity: 'session', id: before.id, body: null }], { from: 5 })
  write(store.db, (tx) => applyPage(tx, { ...page, ops: ops.map((op) => ({ ...op, op: 'del' as const })) }))
  expect(store.db.prepare('SELECT count(*) FROM photo_pair').pluck().get()).toBe(1)
  expect(find(pairOf(now, first))?.alignment).toEqual(stays)
  expect(findChecks(store.db, [hashOf(before)])).toEqual([])
})
