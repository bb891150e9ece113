import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { applyPage } from '../../sync/apply.ts'
import { decideLocally } from '../../sync/decide.ts'
import { write } from '../db.ts'
import { saveStaged } from '../imports/imports.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../testing.ts'
import { dropCached, markCached, touchCached } from './cached.ts'
import { findPlace, listEvictable, mayGoFor } from './eviction.ts'
import { listForgotten } from './forgotten.ts'
import { hashesOf } from './hashes.ts'

const person = aPerson()
const [waits, done, left] = [aPatient(), aPatient(), aPatient()]
const prior = aSession(waits.id, { capturedOn: '2026-04-01' })
const waiting = aSession(waits.id, { capturedOn: '2026-05-01' })
const decided = aSession(done.id)
const withdrawn = aSession(left.id)
const sessions = { prior, waiting, decided, withdrawn }
let store: ReturnType<typeof openTestStore>

beforeEach(() => {
  store = openTestStore()
  const rows = [
    ...[waits, done, left].map((body) => ({ entity: 'patient' as const, id: body.id, body })),
    ...Object.values(sessions).map((body) => ({ entity: 'session' as const, id: body.id, body })),
  ]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
  for (const session of [prior, decided]) decide(session)
})
afterEach(() => store.remove())

const decide = (session: ScanSession) =>
  write(store.db, (tx) => decideLocally(tx, aDecision(session), { person, nowMs: 18e11 }))
const first = (session: ScanSession) => hashesOf(session)[0] ?? ''
const keep = (session: ScanSession, size: string, usedAtMs: number) =>
  write(store.db, (tx) => markCached(tx, { hash: first(session), size }, 10, usedAtMs))
/** Everything that goes, one after the other, as eviction takes it. */
function goesIn(step: number): string[] {
  const names: string[] = []
  for (let going = listEvictable(store.db, step); going.length > 0; going = listEvictable(store.db, step)) {
    for (const photo of going) {
      const [name] = Object.entries(sessions).find(([, session]) => first(session) === photo.hash) ?? []
      names.push(`${name} ${photo.size} (${photo.place})`)
      write(store.db, (tx) => dropCached(tx, photo))
    }
  }
  return names
}

/** From what goes first to what goes last. When it was used counts only within one line. */
const ORDER = [
  'waiting original (original)',
  'decided original (original)',
  'decided 2048 (done)',
  'prior 2048 (prior)',
  'waiting 2048 (waiting)',
]

describe('when photos must go', () => {
  it.each([1, 3, 50])('they go by what they are for, then by when they were used (%i at a time)', (step) => {
    keep(waiting, '2048', 1)
    keep(prior, '2048', 2)
    keep(decided, '2048', 3)
    keep(waiting, 'original', 4)
    keep(decided, 'original', 5)
    for (const session of [waiting, prior, decided]) keep(session, '512', 0)
    expect(goesIn(step)).toEqual(ORDER)
  })

  it.each([
    { what: 'a decided scan of a patient who waits is a prior', change: () => {}, place: 'prior', of: prior },
    { what: 'nobody waits any more', change: () => decide(waiting), place: 'done', of: prior },
    { what: 'the scan itself was decided', change: () => decide(waiting), place: 'done', of: waiting },
    { what: 'a new scan makes a patient wait', change: () => another(done.id), place: 'prior', of: decided },
    { what: 'two readers disagree', change: () => disagree(decided), place: 'waiting', of: decided },
    { what: 'a photo is in a waiting scan too', change: () => shared(decided), place: 'waiting', of: decided },
  ])('$what: $place', ({ change, place, of }) => {
    keep(of, '2048', 1)
    change()
    expect(listEvictable(store.db, 9)).toMatchObject([{ hash: first(of), place }])
    expect(findPlace(store.db, { hash: first(of), size: '2048' })).toBe(place)
  })

  it('photos of a withdrawn scan are no question of room: they are removed in whatever size', () => {
    keep(withdrawn, '512', 99)
    keep(waiting, 'original', 1)
    const page = aPage([{ entity: 'session', id: withdrawn.id, body: null }], { from: 100 })
    const ops = page.ops.map((op) => ({ ...op, op: 'del' as const }))
    store.db.prepare(`UPDATE sync_state SET value = json_set(value, '$.seq', 99) WHERE name = 'position'`).run()
    write(store.db, (tx) => applyPage(tx, { ...page, ops }))
    expect(goesIn(9)).toEqual(['waiting original (original)'])
    expect(listForgotten(store.db)).toContainEqual({ hash: first(withdrawn), size: '512' })
  })

  it('of one kind the longest unused goes first, and looking at one counts as use', () => {
    const hashes = hashesOf(decided)
    hashes.forEach((hash, index) => write(store.db, (tx) => markCached(tx, { hash, size: '2048' }, 10, index)))
    write(store.db, (tx) => touchCached(tx, { hash: hashes[0] ?? '', size: '2048' }, 100))
    expect(listEvictable(store.db, 9).map((photo) => photo.hash)).toEqual([...hashes.slice(1), hashes[0]])
  })

  it('thumbnails stay, and what was not sent yet is never offered', () => {
    for (const session of [waiting, prior, decided]) keep(session, '512', 0)
    write(store.db, (tx) => saveStaged(tx, { hash: first(decided), mediaType: 'image/jpeg', bytes: 10 }, 1))
    expect(listEvictable(store.db, 9)).toEqual([])
  })
})

it('no two photos are ever thrown away for each other', () => {
  const places = ['original', 'done', 'prior', 'waiting'] as const
  const all = places.flatMap((place) => [1, 2].map((ms) => ({ place, usedAtMs: ms, needMs: ms })))
  const pairs = all.flatMap((one) => all.map((other) => [one, other] as const))
  expect(pairs.filter(([one, other]) => mayGoFor(one, other) && mayGoFor(other, one))).toEqual([])
  expect(mayGoFor({ place: 'prior', usedAtMs: 9 }, { place: 'waiting', needMs: 1 })).toBe(true)
  expect(mayGoFor({ place: 'waiting', usedAtMs: 1 }, { place: 'prior', needMs: 9 })).toBe(false)
})

function another(patientId: string): void {
  const body = aSession(patientId, { capturedOn: '2026-06-01' })
  apply([{ entity: 'session', id: body.id, body }])
}
function shared(with_: ScanSession): void {
  const body = { ...aSession(waits.id, { capturedOn: '2026-06-02' }), images: with_.images }
  apply([{ entity: 'session', id: body.id, body }])
}
function disagree(session: ScanSession): void {
  const other = aPerson('Dr Other')
  const args = aDecision(session, { overallTracking: 3, alignerFit: 3 })
  write(store.db, (tx) => decideLocally(tx, args, { person: other, nowMs: 18e11 }))
}
function apply(rows: Parameters<typeof aPage>[0]): void {
  const { seq } = JSON.parse(
    store.db.prepare<[], string>(`SELECT value FROM sync_state WHERE name = 'position'`).pluck().get() ?? '',
  ) as { seq: number } // written by applyPage
  write(store.db, (tx) => applyPage(tx, aPage(rows, { from: seq + 1 })))
}
