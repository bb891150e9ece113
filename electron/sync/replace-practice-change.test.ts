import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReplacePracticeChange } from '../../preload/contract/attention.ts'
import type { SaveGoal } from '../../server/contract/domain/goals.ts'
import { GoalId, MutationId, PracticeId, QuestionId } from '../../server/contract/domain/ids.ts'
import type { AskQuestion } from '../../server/contract/domain/questions.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import type { MutationResult } from '../../server/contract/sync/wire.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { listGoals } from '../store/practice/goals.ts'
import { findQuestion, listQuestions } from '../store/practice/questions.ts'
import { aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { replacePracticeChangeLocally } from './attend.ts'
import { answerLocally, askLocally, changeRulesLocally, saveGoalLocally } from './change-practice.ts'
import { pushOnce } from './push.ts'
import { answerAll, createServerStub, type ServerStub } from './testing-server-stub.ts'

const practice = { id: PracticeId.parse(v7()), name: 'Northside' }
const anna = aPerson('Dr Anna Ray', ['clinician', 'practice_admin'])
const ben = aPerson('Dr Ben Osei')
const patient = aPatient()
const session = aSession(patient.id)
const by = { person: anna, nowMs: 5000, practiceId: practice.id, graceMs: 0 }
const asBen = { ...by, person: ben }
const row = <T extends { readonly id: string }>(entity: EntityName, body: T) => ({ entity, id: body.id, body })
const goal: SaveGoal = {
  id: GoalId.parse(v7()),
  patientId: patient.id,
  text: 'Class I canines',
  dueOn: '2026-12-01',
  quietUntil: null,
  state: 'open',
}
const question: AskQuestion = {
  id: QuestionId.parse(v7()),
  sessionId: session.id,
  askedOf: ben.id,
  text: 'Would you go on with 23 like this?',
  look: { view: 'frontal', layout: 'pair', zoom: 2, x: 0.4, y: 0.5, priorSessionId: null },
}
const asked = row('question', { ...question, patientId: patient.id, askedBy: anna.id, askedAtMs: 7, answer: null })
const standing = row('goal', { ...goal, dueOn: '2027-03-01', setBy: ben.id, changedAtMs: 7 })

let store: ReturnType<typeof openTestStore>
let server: ServerStub
beforeEach(() => {
  store = openTestStore()
  server = createServerStub()
  const people = [anna, ben].map((person) => row('person', person))
  const rows = [row('practice', practice), ...people, row('patient', patient), row('session', session), standing, asked]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
  answer({ status: 'applied', code: null, feedSeq: null })
})
afterEach(() => store.remove())

const answer = (verdict: Pick<MutationResult, 'status' | 'code' | 'feedSeq'>) => {
  server.behave.answer = answerAll(verdict)
}
const push = (person = anna) => pushOnce({ db: store.db, api: server.api }, person.id, () => 6000, 100)
const list = (person = anna) => listAttentionEntries(store.db, person.id, 6000)
const beRefused = async (code: NonNullable<MutationResult['code']>, person = anna) => {
  answer({ status: 'rejected', code, feedSeq: null })
  await push(person)
  answer({ status: 'applied', code: null, feedSeq: null })
  return list(person)[0]
}
const replace = (change: ReplacePracticeChange['change'], as: typeof by = by) => {
  const mutationId = MutationId.parse(list(as.person)[0]?.mutationId)
  return write(store.db, (tx) => replacePracticeChangeLocally(tx, { mutationId, change }, as))
}
const sent = () => server.pushes.flatMap(({ mutations }) => mutations.map(({ name, args }) => ({ name, args })))

describe('a goal that was refused', () => {
  const changed = {
    text: 'Class I canines and midlines',
    dueOn: '2027-02-01',
    quietUntil: null,
    state: 'open',
  } as const
  const refuse = async () => {
    write(store.db, (tx) => saveGoalLocally(tx, { ...goal, ...changed }, by))
    return beRefused('goal.stale')
  }

  it('is changed and set on what stands now, and the refused one is settled with it', async () => {
    expect(await refuse()).toMatchObject({ mayEdit: true, mayRetry: true, practiceChange: { about: 'goal' } })
    const set = { ...changed, dueOn: '2027-03-15' }
    replace({ about: 'goal', set })
    expect(list()).toEqual([])
    expect(listGoals(store.db, patient.id)).toMatchObject([set])
    await push()
    const base = { text: goal.text, dueOn: '2027-03-01', quietUntil: null, state: 'open' }
    const { mutations } = server.pushes.at(-1) ?? { mutations: [] }
    expect(mutations).toMatchObject([
      { name: 'goal.save', args: { id: goal.id, ...set }, base },
      { name: 'parked.resolve', args: { how: 'edited', reason: '' } },
    ])
  })

  it('is not turned into another kind of change', async () => {
    await refuse()
    expect(() => replace({ about: 'answer', text: 'Yes' })).toThrow('input.invalid')
    expect(list()).toHaveLength(1)
  })
})

describe('a question that was refused', () => {
  it('is asked anew, in other words and of anybody, under an id of its own', async () => {
    const first = { ...question, id: QuestionId.parse(v7()) }
    write(store.db, (tx) => askLocally(tx, first, by))
    const entry = await beRefused('not-found')
    expect(entry).toMatchObject({ mayEdit: true, practiceChange: { about: 'question', askedOf: ben.id } })
    replace({ about: 'question', askedOf: null, text: 'Would anybody go on?' })
    expect(findQuestion(store.db, first.id)).toBeUndefined()
    const [again] = listQuestions(store.db, session.id).filter(({ id }) => id !== question.id)
    expect(again).toMatchObject({ askedOf: null, text: 'Would anybody go on?', look: first.look })
    await push()
    expect(sent().map(({ name }) => name)).toEqual(['question.ask', 'question.ask', 'parked.resolve'])
  })
})

describe('an answer that was refused', () => {
  const answerIt = () => write(store.db, (tx) => answerLocally(tx, { questionId: question.id, text: 'Yes' }, asBen))

  it('is given in other words while nobody else has answered', async () => {
    answerIt()
    expect(await beRefused('auth.denied', ben)).toMatchObject({ mayEdit: true })
    replace({ about: 'answer', text: 'Yes, with a button' }, asBen)
    expect(findQuestion(store.db, question.id)?.answer).toMatchObject({ text: 'Yes, with a button' })
  })

  it('is not changed once a colleague’s stands', async () => {
    answerIt()
    const answered = { ...asked.body, answer: { by: anna.id, text: 'No', answeredAtMs: 8 } }
    await beRefused('question.answered', ben)
    write(store.db, (tx) => applyPage(tx, aPage([row('question', answered)], { from: 8 })))
    expect(list(ben)).toMatchObject([{ mayEdit: false, mayRetry: false }])
    expect(() => replace({ about: 'answer', text: 'But yes' }, asBen)).toThrow('conflict.exists')
  })
})

it('rules have a page of their own, and no form here', async () => {
  write(store.db, (tx) => changeRulesLocally(tx, { set: { graceSeconds: 20 } }, by))
  expect(await beRefused('rules.stale')).toMatchObject({ mayEdit: false, mayRetry: true })
})
