import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AgreementReport } from '../../../preload/contract/agreement.ts'
import { OWN_CASE_AFTER_MS } from '../../../server/contract/domain/second-reads.ts'
import type { EntityName } from '../../../server/contract/sync/entities.ts'
import { applyPage } from '../../sync/apply.ts'
import { write } from '../db.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore } from '../testing.ts'
import { getAgreement } from './agreement-report.ts'

const at = (when: string) => new Date(when).getTime()
const [anna, ben] = [aPerson('Dr Anna Ray'), aPerson('Dr Ben Osei')]
const patient = aPatient()
const YEAR = { from: '2026-01-01', to: '2026-12-31' }
let store: ReturnType<typeof openTestStore>
let rows: { entity: EntityName; id: string; body: unknown }[]
beforeEach(() => {
  store = openTestStore()
  rows = []
})
afterEach(() => store.remove())

type Scores = readonly [overallTracking: 1 | 2 | 3, alignerFit: 1 | 2 | 3 | null, oralHygiene: 1 | 2 | 3]

/** A first read by Anna, and what became of its draw: null while it waits. */
function draw(
  first: Scores,
  second: { by: typeof anna; scores: Scores; when: string } | null,
  drawn = '2026-03-01T09:00:00',
) {
  const session = aSession(patient.id)
  const isSame = second?.by === anna
  const read = (reader: typeof anna, [overallTracking, alignerFit, oralHygiene]: Scores, recordedAtMs: number) => {
    const { actionId: _, ...fields } = aDecision(session, { overallTracking, alignerFit, oralHygiene })
    const body = { ...fields, readerId: reader.id, recordedAtMs }
    rows.push({ entity: 'read', id: body.readId, body })
    return body.readId
  }
  const firstReadId = read(anna, first, at(drawn))
  const doneReadId = second === null ? null : read(second.by, second.scores, at(second.when))
  const id = v7()
  const notBeforeMs = at(drawn) + (isSame ? OWN_CASE_AFTER_MS : 0)
  const by = isSame ? 'same' : 'other'
  rows.push({
    entity: 'second_read',
    id,
    body: { id, sessionId: session.id, firstReadId, firstReaderId: anna.id, by, notBeforeMs, doneReadId },
  })
}
const report = async (days = YEAR) => {
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
  return AgreementReport.parse(await getAgreement(store.db, days))
}

it('tells two clinicians apart from one with their own earlier read, field by field', async () => {
  draw([1, 1, 1], { by: ben, scores: [1, 1, 2], when: '2026-03-02T09:00:00' })
  draw([3, null, 2], { by: ben, scores: [3, 2, 2], when: '2026-03-02T09:00:00' })
  draw([2, 2, 2], { by: anna, scores: [2, 1, 2], when: '2026-03-03T09:00:00' })
  draw([1, 1, 1], null)
  const { between, within, drawn, waiting } = await report()
  expect({ drawn, waiting }).toEqual({ drawn: 4, waiting: 1 })
  expect(between.overallTracking).toMatchObject({
    pairs: 2,
    kappa: 1,
    table: [
      [1, 0, 0],
      [0, 0, 0],
      [0, 0, 1],
    ],
  })
  expect(between.alignerFit).toMatchObject({ pairs: 1, kappa: null, interval: null })
  expect(between.oralHygiene).toMatchObject({
    pairs: 2,
    table: [
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ],
  })
  expect(within.alignerFit.table).toEqual([
    [0, 0, 0],
    [1, 0, 0],
    [0, 0, 0],
  ])
})

it('counts a pair by the day of its second read, a draw by its own, both days included', async () => {
  draw([1, 1, 1], { by: ben, scores: [1, 1, 1], when: '2026-04-01T00:00:01' }, '2026-03-31T23:59:59')
  draw([1, 1, 1], { by: anna, scores: [1, 1, 1], when: '2026-04-02T00:00:01' }, '2026-03-31T23:59:59')
  const march = await report({ from: '2026-03-31', to: '2026-03-31' })
  expect([march.drawn, march.between.overallTracking.pairs, march.within.overallTracking.pairs]).toEqual([2, 0, 0])
  const april = await getAgreement(store.db, { from: '2026-04-01', to: '2026-04-01' })
  expect([april.drawn, april.between.overallTracking.pairs, april.within.overallTracking.pairs]).toEqual([0, 1, 0])
})

it('leaves out what this computer does not hold', async () => {
  draw([1, 1, 1], { by: ben, scores: [1, 1, 1], when: '2026-03-02T09:00:00' })
  rows = rows.filter(({ entity }) => entity !== 'read')
  expect((await report()).between.overallTracking.pairs).toBe(0)
})
