import { afterEach, beforeEach, expect, it } from 'vitest'
import { PushRequest } from '../../server/contract/sync/wire.ts'
import { answerJson } from '../platform/testing-server.ts'
import { aDecision } from '../store/testing.ts'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

let place: Awaited<ReturnType<typeof openTinyWorkplace>>
beforeEach(async () => {
  place = await openTinyWorkplace()
})
afterEach(() => place.close())

const isPush = (pathname: string) => pathname.endsWith('/sync/push')
const idle = (child: DataChild) => child.until(async () => (await child.call('sync.status', null)).waitingCount === 0)
const sent = (name: string) =>
  place.server.pushes.flatMap(({ request }) => request.mutations.filter((one) => one.name === name))
/** The server refuses every change, and goes on taking them once `accept` is called. */
const refuseAll = (code: string) => {
  place.server.behave.instead = ({ url, body }, response) => {
    if (!isPush(url.pathname)) return false
    const { mutations } = PushRequest.parse(body)
    const verdict = { status: 'rejected', code, feedSeq: null }
    answerJson(response, 200, { results: mutations.map(({ id, clientSeq }) => ({ id, clientSeq, ...verdict })) })
    return true
  }
  return () => {
    place.server.behave.instead = () => false
  }
}
const attention = (child: DataChild) => child.call('attention.list', null)
const untilListed = async (child: DataChild) => {
  await child.until(async () => (await attention(child)).length === 1)
  const [entry] = await attention(child)
  if (entry === undefined) throw new Error('nothing is listed')
  return entry
}

it('a patient’s changed fields survive a kill right after the answer, are seen, and are sent with their base', async () => {
  let child = await place.begin(place.alma)
  place.server.behave.instead = ({ url }, response) => {
    if (isPush(url.pathname)) response.destroy()
    return isPush(url.pathname)
  }
  const { id } = place.patient
  const set = { familyName: 'Abernathy', currentStage: 9 }
  const changed = await child.call('patients.change', { patientId: id, set })
  expect(changed).toEqual({ ...place.patient, ...set })
  await child.kill()
  place.server.behave.instead = () => false
  child = await place.restart()
  expect(await child.call('patients.get', { id })).toEqual(changed)
  expect(await child.call('patients.search', { text: 'abernathy' })).toEqual([changed])
  const page = { lane: 'all', sort: 'submitted', descending: false, search: 'abernathy', offset: 0, limit: 5 } as const
  expect((await child.call('queue.page', page)).rows[0]?.patientName).toBe('Abernathy, Zoë')
  await idle(child)
  const base = { familyName: place.patient.familyName, currentStage: place.patient.currentStage }
  const changes = sent('patient.change')
  expect(new Set(changes.map((one) => one.id)).size).toBe(1)
  expect(changes.at(-1)).toMatchObject({ args: { patientId: id, set }, base })
})

it('a refused read is decided otherwise in its place, and the server hears which one took it', async () => {
  const child = await place.begin(place.alma)
  const [session] = place.sessions
  if (session === undefined) throw new Error('no session')
  const accept = refuseAll('read.fit-without-aligners')
  await child.call('review.decide', aDecision(session))
  const entry = await untilListed(child)
  expect(entry).toMatchObject({ status: 'rejected', mayRetry: false, mayEdit: true })
  expect(await child.call('sync.status', null)).toMatchObject({ needsAttentionCount: 1, confirmCount: 0 })
  accept()
  const read = aDecision(session, { aligners: 'out', alignerFit: null })
  await child.call('attention.replaceRead', { mutationId: entry.mutationId, read })
  expect(await attention(child)).toEqual([])
  await child.until(async () => sent('parked.resolve').length === 1)
  const [resolve] = sent('parked.resolve')
  const [replacement] = sent('read.record')
  expect(replacement?.args).toMatchObject({ readId: read.readId })
  expect(resolve?.args).toMatchObject({ mutationId: entry.mutationId, how: 'edited', replacedBy: replacement?.id })
})

it('a refused change of a patient shows both values, and other ones are set in its place', async () => {
  const child = await place.begin(place.alma)
  const patientId = place.patient.id
  const accept = refuseAll('patient.stale')
  await child.call('patients.change', { patientId, set: { currentStage: 9 } })
  const { mutationId, patientChange } = await untilListed(child)
  expect(patientChange).toMatchObject({
    base: { currentStage: 4 },
    set: { currentStage: 9 },
    current: { currentStage: 4 },
  })
  accept()
  const now = await child.call('attention.replacePatientChange', { mutationId, set: { currentStage: 8 } })
  expect(now.currentStage).toBe(8)
  await child.until(async () => sent('parked.resolve').length === 1)
  expect(sent('patient.change')).toMatchObject([{ args: { set: { currentStage: 8 } }, base: { currentStage: 4 } }])
  await expect(child.call('attention.confirm', { mutationId })).rejects.toMatchObject({ code: 'not-found' })
})
