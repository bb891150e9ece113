import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BuiltInLane } from '../../preload/contract/queue.ts'
import { SecondReadId } from '../../server/contract/domain/ids.ts'
import { OWN_CASE_AFTER_MS, type SecondRead } from '../../server/contract/domain/second-reads.ts'
import { write } from '../store/db.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import { createQueueIndex, type QueueIndex } from '../store/queue/queue-index.ts'
import { listQueueRows } from '../store/queue/queue-rows.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { decideLocally } from './decide.ts'

const NOW = 1_790_000_000_000
const [anna, ben, cleo] = [aPerson('Dr Anna Ray'), aPerson('Dr Ben Osei'), aPerson('Dr Cleo Abara')]
const desk = aPerson('Frida Lind', ['staff'])
const patient = aPatient()
const earlier = aSession(patient.id, { capturedOn: '2026-04-01' })
const session = aSession(patient.id, { capturedOn: '2026-05-01' })
const { actionId: _actionId, ...earlierArgs } = aDecision(earlier, { oralHygiene: 3, action: { kind: 'none' } })
const { actionId, ...args } = aDecision(session, { overallTracking: 2 })
const earlierRead = { ...earlierArgs, readerId: anna.id, recordedAtMs: 1 }
const first = { ...args, readerId: anna.id, recordedAtMs: 2 }
const action = {
  id: actionId,
  sessionId: session.id,
  patientId: patient.id,
  readId: first.readId,
  kind: first.action.kind,
  action: first.action,
  decidedBy: anna.id,
  outcome: 'won',
  recordedAtMs: 2,
}
const second: SecondRead = {
  id: SecondReadId.parse(v7()),
  sessionId: session.id,
  firstReadId: first.readId,
  firstReaderId: anna.id,
  by: 'other',
  notBeforeMs: NOW,
  doneReadId: null,
}
const question = {
  id: v7(),
  sessionId: session.id,
  patientId: patient.id,
  askedBy: anna.id,
  askedOf: null,
  text: 'What do you think?',
  look: { view: 'frontal', layout: 'pair', zoom: 1, x: 0.5, y: 0.5, priorSessionId: null },
  askedAtMs: 3,
  answer: null,
}

let store: ReturnType<typeof openTestStore>
let queue: QueueIndex
let seq: number
const put = (...rows: readonly (readonly [EntityName, string, unknown])[]) => {
  const page = aPage(
    rows.map(([entity, id, body]) => ({ entity, id, body })),
    { from: seq + 1 },
  )
  seq += rows.length
  const changes = write(store.db, (tx) => applyPage(tx, page))
  queue.refresh(store.db, changes.patientIds)
}
beforeEach(() => {
  store = openTestStore()
  queue = createQueueIndex(store.db)
  seq = 0
  put(
    ...[anna, ben, cleo, desk].map((person) => ['person', person.id, person] as const),
    ['patient', patient.id, patient],
    ['session', earlier.id, earlier],
    ['session', session.id, session],
    ['read', earlierRead.readId, earlierRead],
    ['read', first.readId, first],
    ['action', action.id, action],
    ['question', question.id, question],
    ['second_read', second.id, second],
  )
})
afterEach(() => store.remove())

const who = (person: typeof anna) => ({ personId: person.id, mayDecide: person !== desk })
const open = (person: typeof anna, nowMs = NOW) => getReviewCase(store.db, session.id, { ...who(person), nowMs })
/** The session's row as this person has it in a lane; undefined when it is not there. */
const rowIn = (lane: BuiltInLane, person: typeof anna, nowMs = NOW) => {
  const view = queue.view({ lane, sort: 'wait', descending: true, search: '' }, nowMs, who(person))
  return listQueueRows(store.db, view.ids(0, view.total), view).find((row) => row.sessionId === session.id)
}
const lanesOf = (person: typeof anna, nowMs = NOW) =>
  (['waiting', 'asked', 'reviewed', 'all'] as const).filter((lane) => rowIn(lane, person, nowMs) !== undefined)
const readBlind = (person = ben) =>
  write(store.db, (tx) => {
    const blind = aDecision(session, { action: { kind: 'none' }, secondReadId: second.id, readAtMs: NOW })
    const decided = decideLocally(tx, blind, { person, nowMs: NOW, graceMs: 0 })
    queue.refresh(store.db, decided.changes.patientIds)
    return decided
  })

describe('a drawn second read', () => {
  it('is blind: the case is one that nobody has read, with its priors and their history', () => {
    expect(open(ben)).toMatchObject({
      reads: [],
      actions: [],
      questions: [],
      state: 'waiting',
      secondReadId: second.id,
      history: [{ read: { readId: earlierRead.readId } }],
      priors: [{ sessionId: earlier.id }],
    })
  })

  it('waits in the queue of whoever may read it, with nothing of the first read in its row', () => {
    expect(lanesOf(ben)).toEqual(['waiting', 'all'])
    expect(rowIn('waiting', ben)).toMatchObject({ state: 'waiting', lastRead: { oralHygiene: 3, action: 'none' } })
    expect(rowIn('all', ben)).toEqual(rowIn('waiting', ben))
    expect(queue.counts('', NOW, who(ben))).toMatchObject({ waiting: 1, reviewed: 1, asked: 0 })
  })

  it.each([
    ['the first reader', anna, NOW],
    ['the front desk', desk, NOW],
    ['anybody before its time', ben, NOW - 1],
  ])('is nothing to %s: the case is as it stands', (_name, person, nowMs) => {
    expect(lanesOf(person, nowMs)).not.toContain('waiting')
    expect(rowIn('all', person, nowMs)).toMatchObject({ state: 'reviewed', lastRead: { overallTracking: 2 } })
    expect(open(person, nowMs)).toMatchObject({ state: 'reviewed', secondReadId: null, reads: [{}], questions: [{}] })
  })

  it('stands at the place of a scan that waits, and leaves it when somebody else looks', () => {
    const seen = [anna, ben, anna, cleo].map((person) => lanesOf(person))
    expect(seen).toEqual([
      ['reviewed', 'all'],
      ['waiting', 'all'],
      ['reviewed', 'all'],
      ['waiting', 'all'],
    ])
  })

  it('is done once it is read here, for everybody, before the server has heard of it', () => {
    const { read } = readBlind()
    for (const person of [ben, cleo]) expect(open(person)).toMatchObject({ state: 'discordant', secondReadId: null })
    expect(open(ben).reads.map((entry) => entry.read.readId)).toEqual([first.readId, read.readId])
    expect([open(ben).questions.length, lanesOf(cleo)]).toEqual([1, ['asked', 'reviewed', 'all']])
  })

  it('is done when a colleague elsewhere has read it', () => {
    put(['second_read', second.id, { ...second, doneReadId: v7() }])
    expect([lanesOf(ben), open(ben).secondReadId]).toEqual([['asked', 'reviewed', 'all'], null])
  })

  it('is not offered to whoever has read the scan with the first read in view', () => {
    const { actionId: _action, ...other } = aDecision(session, { action: { kind: 'none' } })
    put(['read', other.readId, { ...other, readerId: cleo.id, recordedAtMs: 4 }])
    expect([open(cleo).secondReadId, open(ben).secondReadId]).toEqual([null, second.id])
  })

  it('of one’s own case comes after a day, and not to others', () => {
    put(['second_read', second.id, { ...second, by: 'same', notBeforeMs: NOW + OWN_CASE_AFTER_MS }])
    expect(open(anna, NOW + OWN_CASE_AFTER_MS - 1).secondReadId).toBeNull()
    const later = open(anna, NOW + OWN_CASE_AFTER_MS)
    expect(later).toMatchObject({ secondReadId: second.id, reads: [], state: 'waiting' })
    expect(open(ben, NOW + OWN_CASE_AFTER_MS).secondReadId).toBeNull()
  })

  it('is not given away by a later scan of the patient, neither in its history nor in its row', () => {
    const later = aSession(patient.id, { capturedOn: '2026-06-01' })
    put(['session', later.id, later])
    const laterRow = (person: typeof anna) => {
      const view = queue.view({ lane: 'all', sort: 'wait', descending: true, search: '' }, NOW, who(person))
      return listQueueRows(store.db, view.ids(0, view.total), view).find((row) => row.sessionId === later.id)
    }
    const historyOf = (person: typeof anna) =>
      getReviewCase(store.db, later.id, { ...who(person), nowMs: NOW }).history.map(({ read }) => read.readId)
    expect([historyOf(ben), historyOf(anna)]).toEqual([[earlierRead.readId], [first.readId, earlierRead.readId]])
    expect(laterRow(ben)).toMatchObject({ state: 'waiting', lastRead: { oralHygiene: 3, action: 'none' } })
    expect(laterRow(anna)).toMatchObject({ state: 'waiting', lastRead: { overallTracking: 2 } })
    readBlind()
    expect(historyOf(ben)).toHaveLength(3)
    expect(laterRow(ben)?.lastRead).toEqual(laterRow(anna)?.lastRead)
  })

  it('that is withdrawn is offered no more', () => {
    const page = aPage([{ entity: 'second_read', id: second.id, body: null }], { from: seq + 1 })
    const ops = page.ops.map((op) => ({ ...op, op: 'del' as const }))
    const changes = write(store.db, (tx) => applyPage(tx, { ...page, ops }))
    queue.refresh(store.db, changes.patientIds)
    expect([lanesOf(ben), open(ben).secondReadId]).toEqual([['asked', 'reviewed', 'all'], null])
  })
})
