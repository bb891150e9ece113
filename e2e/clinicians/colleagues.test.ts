import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QueueRow } from '../../preload/contract/queue.ts'
import { SaveGoal } from '../../server/contract/domain/goals.ts'
import { AskQuestion } from '../../server/contract/domain/questions.ts'
import { RecordRead } from '../../server/contract/domain/reads.ts'
import { findDemoPerson } from '../../server/demo/people.ts'
import { ROOT } from '../support/practice.ts'
import { runProgram } from '../support/process.ts'
import { type MortalServer, startMortalServer } from '../torture/mortal-server.ts'
import { writeManifest } from '../torture/sessions.ts'
import { type Seat, takeSeat } from './seat.ts'

/** Three clinicians and an administrator at computers of their own, around a real server: what they do about each other. */
const state = { folder: '', server: undefined as MortalServer | undefined, seats: [] as Seat[] }
let alma: Seat
let jonas: Seat
let naledi: Seat
let marta: Seat
let rows: readonly QueueRow[]

beforeAll(async () => {
  state.folder = await mkdtemp(path.join(tmpdir(), 'loupe-clinicians-'))
  state.server = await startMortalServer(path.join(state.folder, 'practice'))
  const { url, caFile, dataDir } = state.server
  const manifest = await writeManifest(path.join(state.folder, 'photos'))
  const flags = ['--server', url, '--ca', caFile, '--data', dataDir, '--practice', 'Northside Orthodontics']
  const intake = runProgram(path.join(ROOT, 'server/intake/main.ts'), [...flags, '--manifest', manifest])
  if ((await intake.exited) !== 0) throw new Error(`the intake failed:\n${intake.log().slice(-2000)}`)
  for (const subject of ['alma.reyes', 'jonas.adler', 'naledi.mbeki', 'marta.lind'])
    state.seats.push(await takeSeat(state.server, state.folder, subject))
  ;[alma, jonas, naledi, marta] = state.seats as [Seat, Seat, Seat, Seat]
  for (const seat of state.seats)
    await seat.until(async ({ lastSyncedAtMs }) => lastSyncedAtMs !== null && (await listRows(seat)).length === 30)
  rows = await listRows(alma)
})
afterAll(async () => {
  for (const seat of state.seats) await seat.leave()
  if (state.server?.isUp() === true) await state.server.end()
  await rm(state.folder, { recursive: true, force: true })
})

const listRows = async (seat: Seat) => {
  const all = { lane: 'all', sort: 'submitted', descending: false, search: '', offset: 0, limit: 100 } as const
  return (await seat.call('queue.page', all)).rows
}
const caseAt = async (seat: Seat, index: number) => {
  const row = rows[index]
  if (row === undefined) throw new Error(`no scan ${index}`)
  return seat.open({ id: row.sessionId })
}
const idOf = (subject: string) => findDemoPerson(subject)?.id
const readOf = async (seat: Seat, index: number, change: Partial<RecordRead> = {}) => {
  const { session, secondReadId } = await caseAt(seat, index)
  return RecordRead.parse({
    readId: v7(),
    actionId: v7(),
    sessionId: session.id,
    sessionVersion: session.version,
    overallTracking: 1,
    alignerFit: session.aligners === 'in' ? 1 : null,
    oralHygiene: 1,
    aligners: session.aligners,
    detailTags: [],
    action: { kind: 'none' },
    notes: '',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    ...(secondReadId === null ? {} : { secondReadId }),
    readAtMs: Date.now(),
    ...change,
  })
}
const withoutServer = async (work: () => Promise<void>) => {
  await state.server?.kill()
  await work()
  await state.server?.start()
}
/**
 * Once both are in step: who came second, whichever it was, and what needs their attention. The entry is let go, so that
 * nothing is left for the next test.
 */
const findSecond = async (one: Seat, other: Seat) => {
  const listBoth = async () => [await one.call('attention.list', null), await other.call('attention.list', null)]
  await one.inStep()
  await other.inStep()
  for (const seat of [one, other]) await seat.until(async () => (await listBoth()).flat().length > 0)
  const [ofOne = [], ofOther = []] = await listBoth()
  const [second, [entry, ...more]] = ofOne.length > 0 ? [one, ofOne] : [other, ofOther]
  if (entry === undefined || more.length > 0) throw new Error('Not one change, but none or several need attention')
  await second.call('attention.discard', { mutationId: entry.mutationId, reason: 'A colleague was first' })
  expect((await listBoth()).flat()).toEqual([])
  return { first: second === one ? other : one, second, code: entry.code }
}

describe('with every first read drawn to be read once more', () => {
  beforeAll(async () => {
    await marta.call('rules.change', { set: { secondReadPercent: 100 } })
    await marta.inStep()
    for (const seat of [alma, jonas, naledi])
      await seat.until(async () => (await seat.call('rules.get', null)).secondReadPercent === 100)
  })

  test('a colleague gets the case blind, and afterwards both see both', async () => {
    const first = await readOf(alma, 0, { overallTracking: 3, action: { kind: 'hold_aligner', days: 7 } })
    await alma.decide(first)
    await alma.inStep()
    await jonas.until(async () => (await caseAt(jonas, 0)).secondReadId !== null)
    expect(await caseAt(jonas, 0)).toMatchObject({ reads: [], actions: [], state: 'waiting' })
    expect((await caseAt(alma, 0)).secondReadId).toBeNull()

    const second = await readOf(jonas, 0)
    await jonas.decide(second)
    await jonas.inStep()
    for (const seat of [alma, jonas]) await seat.until(async () => (await caseAt(seat, 0)).state === 'discordant')
    for (const seat of [alma, jonas]) {
      const { reads, secondReadId } = await caseAt(seat, 0)
      expect(new Set(reads.map(({ read }) => read.readId))).toEqual(new Set([first.readId, second.readId]))
      expect(secondReadId).toBeNull()
    }
    expect(await alma.call('attention.list', null)).toEqual([])
    await marta.until(async () => {
      const now = await marta.call('agreement.report', { from: '2020-01-01', to: '2099-12-31' })
      return now.between.overallTracking.table[2]?.[0] === 1
    })
  })

  test('of two who read one draw offline the first to come counts; the other’s needs attention', async () => {
    await alma.decide(await readOf(alma, 1))
    await alma.inStep()
    for (const seat of [jonas, naledi]) await seat.until(async () => (await caseAt(seat, 1)).secondReadId !== null)
    const reads = { jonas: await readOf(jonas, 1), naledi: await readOf(naledi, 1, { notes: 'slightly open at 12' }) }
    await withoutServer(async () => {
      await jonas.decide(reads.jonas)
      await naledi.decide(reads.naledi)
    })
    const { first, code } = await findSecond(jonas, naledi)
    expect(code).toBe('read.second-read-invalid')
    const kept = first === jonas ? reads.jonas : reads.naledi
    for (const seat of [alma, jonas, naledi]) {
      await seat.until(async () => (await caseAt(seat, 1)).reads.length === 2)
      const { reads: now, state: stands } = await caseAt(seat, 1)
      expect([now.map(({ read }) => read.readId).includes(kept.readId), stands]).toEqual([true, 'concordant'])
    }
  })
})

describe('a question about a case', () => {
  const ask = async (index: number, askedOf: AskQuestion['askedOf']) => {
    const { session, priors } = await caseAt(alma, index)
    const look = { view: 'frontal', layout: 'pair', zoom: 3.5, x: 0.25, y: 0.75 } as const
    const question = AskQuestion.parse({
      id: v7(),
      sessionId: session.id,
      askedOf,
      text: 'Would you hold this one?',
      look: { ...look, priorSessionId: priors[0]?.sessionId ?? null },
    })
    await alma.call('questions.ask', question)
    return question
  }
  const questionsAt = async (seat: Seat, index: number) => (await caseAt(seat, index)).questions

  test('is there for a colleague with what its author saw, and the answer is there for its author', async () => {
    const asked = await ask(2, idOf('jonas.adler') ?? null)
    expect(await questionsAt(alma, 2)).toMatchObject([{ question: { id: asked.id, askedAtMs: null, answer: null } }])
    await alma.inStep()
    await jonas.until(async () => (await questionsAt(jonas, 2)).length === 1)
    expect(await questionsAt(jonas, 2)).toMatchObject([
      { question: { look: asked.look, text: asked.text, answer: null }, askedByName: 'Dr Alma Reyes' },
    ])
    await jonas.call('questions.answer', { questionId: asked.id, text: 'No: go on.' })
    await jonas.inStep()
    await alma.until(async () => (await questionsAt(alma, 2))[0]?.answeredByName !== null)
    expect(await questionsAt(alma, 2)).toMatchObject([
      { question: { answer: { text: 'No: go on.' } }, answeredByName: 'Dr Jonas Adler' },
    ])
  })

  test('answered by two offline keeps the first answer; the other needs its author’s attention', async () => {
    const asked = await ask(3, null)
    await alma.inStep()
    for (const seat of [jonas, naledi]) await seat.until(async () => (await questionsAt(seat, 3)).length === 1)
    await withoutServer(async () => {
      await jonas.call('questions.answer', { questionId: asked.id, text: 'Yes.' })
      await naledi.call('questions.answer', { questionId: asked.id, text: 'No.' })
    })
    const { first, code } = await findSecond(jonas, naledi)
    expect(code).toBe('question.answered')
    const kept = first === jonas ? ['Yes.', 'Dr Jonas Adler'] : ['No.', 'Dr Naledi Mbeki']
    for (const seat of [alma, jonas, naledi]) {
      await seat.until(async () => (await questionsAt(seat, 3))[0]?.question.answer?.answeredAtMs != null)
      const [{ question, answeredByName } = { question: undefined, answeredByName: null }] = await questionsAt(seat, 3)
      expect([question?.answer?.text, answeredByName]).toEqual(kept)
    }
  })
})

test('two who change different fields of a goal offline both succeed; of one field, the second needs attention', async () => {
  const { patient } = await caseAt(alma, 4)
  const goal = SaveGoal.parse({
    id: v7(),
    patientId: patient.id,
    text: 'Close the gap at 21',
    dueOn: '2031-05-01',
    quietUntil: null,
    state: 'open',
  })
  const goalAt = async (seat: Seat) => (await seat.call('goals.ofPatient', { patientId: patient.id }))[0]
  await alma.call('goals.save', goal)
  await alma.inStep()
  await jonas.until(async () => (await goalAt(jonas)) !== undefined)
  await withoutServer(async () => {
    await alma.call('goals.save', { ...goal, dueOn: '2031-06-01' })
    await jonas.call('goals.save', { ...goal, text: 'Close the gaps at 21 and 22' })
  })
  const both = { dueOn: '2031-06-01', text: 'Close the gaps at 21 and 22' }
  for (const seat of [alma, jonas])
    await seat.until(async () => {
      const now = await goalAt(seat)
      return now?.dueOn === both.dueOn && now.text === both.text && now.changedAtMs !== null
    })

  await withoutServer(async () => {
    await alma.call('goals.save', { ...goal, ...both, state: 'reached' })
    await jonas.call('goals.save', { ...goal, ...both, state: 'dropped' })
  })
  const { first, code } = await findSecond(alma, jonas)
  expect(code).toBe('goal.stale')
  const kept = first === alma ? 'reached' : 'dropped'
  for (const seat of [alma, jonas, naledi]) await seat.until(async () => (await goalAt(seat))?.state === kept)
})
