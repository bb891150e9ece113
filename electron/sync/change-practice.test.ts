import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GoalId, MutationId, PracticeId, QuestionId } from '../../server/contract/domain/ids.ts'
import type { SaveGoal } from '../../server/contract/domain/goals.ts'
import { type PracticeRules, STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import type { AskQuestion } from '../../server/contract/domain/questions.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import type { MutationResult } from '../../server/contract/sync/wire.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { write } from '../store/db.ts'
import { countWaiting } from '../store/outbox/outbox.ts'
import { listGoals } from '../store/practice/goals.ts'
import { findQuestion } from '../store/practice/questions.ts'
import { getRules, rulesInForce } from '../store/practice/rules.ts'
import { createQueueIndex } from '../store/queue/queue-index.ts'
import { listQueueRows } from '../store/queue/queue-rows.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import { aPage, aPatient, aPerson, aSession, openTestStore } from '../store/testing.ts'
import { applyPage } from './apply.ts'
import { discardLocally, retryLocally } from './attend.ts'
import { answerLocally, askLocally, changeRulesLocally, saveGoalLocally } from './change-practice.ts'
import { pushOnce } from './push.ts'
import { answerAll, createServerStub, type ServerStub } from './testing-server-stub.ts'
import { bringCopy } from './testing.ts'

const practice = { id: PracticeId.parse(v7()), name: 'Northside' }
const anna = aPerson('Dr Anna Ray', ['clinician', 'practice_admin'])
const ben = aPerson('Dr Ben Osei')
const staff = aPerson('Frida Lind', ['staff'])
const patient = aPatient()
const session = aSession(patient.id)
const by = { person: anna, nowMs: 5000, practiceId: practice.id, graceMs: 0 }
const asBen = { ...by, person: ben }
const asStaff = { ...by, person: staff }
const row = <T extends { readonly id: string }>(entity: EntityName, body: T) => ({ entity, id: body.id, body })
const ROWS = [
  row('practice', practice),
  ...[anna, ben, staff].map((person) => row('person', person)),
  row('patient', patient),
  row('session', session),
]
const rules = (change: Partial<PracticeRules> = {}): PracticeRules => ({
  ...STANDARD_RULES,
  id: practice.id,
  revision: 1,
  ...change,
})
const goal = (change: Partial<SaveGoal> = {}): SaveGoal => ({
  id: GoalId.parse('019f0000-0000-7000-8000-000000000001'),
  patientId: patient.id,
  text: 'Class I canines',
  dueOn: '2026-12-01',
  quietUntil: null,
  state: 'open',
  ...change,
})
const question = (change: Partial<AskQuestion> = {}): AskQuestion => ({
  id: QuestionId.parse('019f0000-0000-7000-8000-000000000002'),
  sessionId: session.id,
  askedOf: ben.id,
  text: 'Would you go on with 23 like this?',
  look: { view: 'frontal', layout: 'pair', zoom: 2, x: 0.4, y: 0.5, priorSessionId: null },
  ...change,
})

let store: ReturnType<typeof openTestStore>
let server: ServerStub
let seq = 0
beforeEach(() => {
  store = openTestStore()
  server = createServerStub()
  write(store.db, (tx) => applyPage(tx, aPage(ROWS)))
  seq = ROWS.length
  answer({ status: 'applied', code: null, feedSeq: seq + 1 })
})
afterEach(() => store.remove())

type Verdict = Pick<MutationResult, 'status' | 'code' | 'feedSeq'>
const answer = (verdict: Verdict) => {
  server.behave.answer = answerAll(verdict)
}
const refuse = (code: NonNullable<Verdict['code']>) => answer({ status: 'parked', code, feedSeq: null })
const push = (person = anna) => pushOnce({ db: store.db, api: server.api }, person.id, () => 6000, 100)
const pull = (...rows: readonly { entity: EntityName; id: string; body: unknown }[]) => {
  const changes = write(store.db, (tx) => applyPage(tx, aPage(rows, { from: seq + 1 })))
  seq += rows.length
  return changes
}
const overlaid = () => store.db.prepare('SELECT count(*) FROM overlay').pluck().get()
const change = (set: Partial<PracticeRules>) => write(store.db, (tx) => changeRulesLocally(tx, { set }, by))
const save = (args: SaveGoal, as: typeof by = by) => write(store.db, (tx) => saveGoalLocally(tx, args, as))
const ask = (args: AskQuestion, as: typeof by = by) => write(store.db, (tx) => askLocally(tx, args, as))
const reply = (text: string, as: typeof by = asBen) =>
  write(store.db, (tx) => answerLocally(tx, { questionId: question().id, text }, as))
const list = (person = anna) => listAttentionEntries(store.db, person.id, 6000)
const serverGoal = (set: Partial<SaveGoal> = {}) => row('goal', { ...goal(set), setBy: ben.id, changedAtMs: 7 })
const serverQuestion = (text: string | null = null) =>
  row('question', {
    ...question(),
    patientId: patient.id,
    askedBy: anna.id,
    askedAtMs: 7,
    answer: text === null ? null : { by: ben.id, text, answeredAtMs: 8 },
  })

describe('the practice’s rules', () => {
  it('are the standard ones until somebody changes them, and then hold at once', () => {
    expect(getRules(store.db, practice.id)).toEqual({ ...STANDARD_RULES, id: practice.id })
    expect(change({ graceSeconds: 20, seenMs: 400 }).rules).toMatchObject({ graceSeconds: 20, secondReadPercent: 2 })
    expect(rulesInForce(store.db).graceSeconds).toBe(20)
    expect(change({ graceSeconds: 20 }).mutationId).toBeNull()
    expect(countWaiting(store.db)).toBe(1)
  })

  it('go with the values that they were changed from, alone those that were changed', async () => {
    change({ graceSeconds: 20, seenMs: 400 })
    await push()
    expect(server.pushes[0]?.mutations).toMatchObject([{ name: 'rules.change', version: 1 }])
    expect(server.pushes[0]?.mutations[0]).toMatchObject({
      args: { set: { graceSeconds: 20 } },
      base: { graceSeconds: 10 },
    })
  })

  it('lie on what the feed brings meanwhile until the feed brings them, and are announced', async () => {
    change({ graceSeconds: 20 })
    expect(pull(row('practice_rules', rules({ budgetSeconds: 60, graceSeconds: 5 }))).touched.practice).toBe(true)
    expect(rulesInForce(store.db)).toMatchObject({ graceSeconds: 20, budgetSeconds: 60 })
    answer({ status: 'applied', code: null, feedSeq: seq + 1 })
    await push()
    expect(overlaid()).toBe(1)
    pull(row('practice_rules', rules({ budgetSeconds: 60, graceSeconds: 20, revision: 2 })))
    expect([overlaid(), rulesInForce(store.db)]).toMatchObject([0, { graceSeconds: 20, revision: 2 }])
  })

  it('are an administrator’s, and of sense', () => {
    expect(() => write(store.db, (tx) => changeRulesLocally(tx, { set: { seenMs: 0 } }, asBen))).toThrow(
      expect.objectContaining({ code: 'auth.denied' }),
    )
    const lane = { id: 'a', name: 'A', conditions: [{ is: 'flagged' as const }] }
    expect(() => change({ lanes: [lane, lane] })).toThrow(expect.objectContaining({ code: 'input.invalid' }))
    expect(countWaiting(store.db)).toBe(0)
  })

  it('that a colleague changed first stand again, with all values named, and are set all the same on request', async () => {
    change({ graceSeconds: 20 })
    refuse('rules.stale')
    await push()
    pull(row('practice_rules', rules({ graceSeconds: 5 })))
    expect(rulesInForce(store.db).graceSeconds).toBe(5)
    const [entry] = list()
    expect(entry).toMatchObject({
      code: 'rules.stale',
      mayRetry: true,
      mayEdit: false,
      practiceChange: {
        about: 'rules',
        base: { graceSeconds: 10 },
        set: { graceSeconds: 20 },
        current: { graceSeconds: 5 },
      },
    })
    write(store.db, (tx) => retryLocally(tx, MutationId.parse(entry?.mutationId), by))
    expect([rulesInForce(store.db).graceSeconds, list()]).toEqual([20, []])
    answer({ status: 'applied', code: null, feedSeq: seq + 1 })
    await push()
    expect(server.pushes.at(-1)?.mutations).toMatchObject([
      { name: 'rules.change', base: { graceSeconds: 5 }, args: { set: { graceSeconds: 20 } } },
      { name: 'parked.resolve', args: { how: 'retried' } },
    ])
  })
})

describe('a goal', () => {
  it('is seen at once with the case and in lanes, and only while it is open', () => {
    change({ lanes: [{ id: 'due', name: 'Due', conditions: [{ is: 'goal_due', withinDays: 30 }] }] })
    const queue = createQueueIndex(store.db)
    const noon = new Date('2026-11-20T12:00:00').getTime()
    const count = () => queue.counts('', noon)['lane:due']
    expect(count()).toBe(0)
    const { changes } = save(goal())
    queue.refresh(store.db, changes.patientIds)
    expect([count(), changes.touched.practice]).toEqual([1, true])
    save(goal({ id: GoalId.parse(v7()), text: 'Sooner', dueOn: '2026-11-20' }))
    save(goal({ id: GoalId.parse(v7()), text: 'Some day', dueOn: null }))
    expect(getReviewCase(store.db, session.id).goals.map(({ text }) => text)).toEqual([
      'Sooner',
      'Class I canines',
      'Some day',
    ])
    save(goal({ state: 'reached' }))
    expect(getReviewCase(store.db, session.id).goals).toHaveLength(2)
    expect(listGoals(store.db, patient.id).at(-1)).toMatchObject({
      state: 'reached',
      setBy: anna.id,
      changedAtMs: null,
    })
  })

  it('says nothing in its quiet period', () => {
    change({ lanes: [{ id: 'due', name: 'Due', conditions: [{ is: 'goal_due', withinDays: 30 }] }] })
    save(goal({ quietUntil: '2026-11-21' }))
    const queue = createQueueIndex(store.db)
    const counts = ['2026-11-20T23:59:00', '2026-11-21T00:01:00'].map(
      (when) => queue.counts('', new Date(when).getTime())['lane:due'],
    )
    expect(counts).toEqual([0, 1])
  })

  it('stands in the row of each of the patient’s scans, the earliest due first, a quiet one too', () => {
    save(goal({ dueOn: '2027-01-01' }))
    save(goal({ id: GoalId.parse(v7()), dueOn: '2026-12-24', quietUntil: '2026-12-01' }))
    save(goal({ id: GoalId.parse(v7()), state: 'reached' }))
    const view = createQueueIndex(store.db).view({ lane: 'all', sort: 'wait', descending: true, search: '' }, 6000)
    expect(listQueueRows(store.db, view.ids(0, 50), view)).toMatchObject([
      {
        isAsked: false,
        goals: [
          { dueOn: '2026-12-24', quietUntil: '2026-12-01' },
          { dueOn: '2027-01-01', quietUntil: null },
        ],
      },
    ])
  })

  it('keeps a colleague’s change of another field, and both people’s after both', async () => {
    pull(serverGoal())
    save(goal({ text: 'Class I canines and molars' }))
    pull(serverGoal({ dueOn: '2027-01-01' }))
    expect(listGoals(store.db, patient.id)).toMatchObject([{ text: 'Class I canines and molars', dueOn: '2027-01-01' }])
    await push()
    expect(server.pushes[0]?.mutations[0]).toMatchObject({ base: { text: 'Class I canines', dueOn: '2026-12-01' } })
    expect(
      save(listGoals(store.db, patient.id).map(({ setBy: _s, changedAtMs: _c, ...rest }) => rest)[0] ?? goal())
        .mutationId,
    ).toBeNull()
  })

  it('that is refused is shown with what stands, and is let go with a reason', async () => {
    pull(serverGoal())
    save(goal({ text: 'Mine' }))
    refuse('goal.stale')
    await push()
    pull(serverGoal({ text: 'Theirs' }))
    const [entry] = list()
    expect(entry?.scan?.sessionId).toBe(session.id)
    expect(entry?.practiceChange).toEqual({
      about: 'goal',
      patientId: patient.id,
      patientName: 'Quillfeather, Zoë',
      base: { text: 'Class I canines', dueOn: '2026-12-01', quietUntil: null, state: 'open' },
      set: { text: 'Mine', dueOn: '2026-12-01', quietUntil: null, state: 'open' },
      current: { text: 'Theirs', dueOn: '2026-12-01', quietUntil: null, state: 'open' },
    })
    const id = MutationId.parse(entry?.mutationId)
    expect(() => write(store.db, (tx) => discardLocally(tx, id, ' ', by))).toThrow('input.invalid')
    write(store.db, (tx) => discardLocally(tx, id, 'theirs is better', by))
    expect([list(), listGoals(store.db, patient.id)]).toMatchObject([[], [{ text: 'Theirs' }]])
  })

  it('is a clinician’s or an administrator’s, of a patient who is here', () => {
    expect(() => save(goal(), asStaff)).toThrow(expect.objectContaining({ code: 'auth.denied' }))
    expect(() => save(goal({ patientId: aPatient().id }))).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})

describe('a question', () => {
  const asked = (person: typeof anna) =>
    createQueueIndex(store.db).counts('', 6000, { personId: person.id, mayDecide: person !== staff }).asked

  it('stands in the lane of whoever was asked, and marks the row for them alone, until it is answered', () => {
    const isMarked = (person: typeof anna) => {
      const who = { personId: person.id, mayDecide: person !== staff }
      const all = { lane: 'all', sort: 'wait', descending: true, search: '' } as const
      const view = createQueueIndex(store.db).view(all, 6000, who)
      return listQueueRows(store.db, view.ids(0, 50), view).some((row) => row.isAsked)
    }
    ask(question())
    expect([asked(anna), asked(ben), asked(staff)]).toEqual([0, 1, 0])
    expect([isMarked(anna), isMarked(ben), isMarked(staff)]).toEqual([false, true, false])
    reply('Yes.')
    expect(isMarked(ben)).toBe(false)
    expect([asked(anna), asked(ben)]).toEqual([0, 0])
    expect(getReviewCase(store.db, session.id).questions).toMatchObject([
      {
        askedByName: 'Dr Anna Ray',
        answeredByName: 'Dr Ben Osei',
        question: { answer: { text: 'Yes.' }, askedAtMs: null },
      },
    ])
  })

  it('for any clinician stands in every clinician’s lane but the asker’s', () => {
    ask(question({ askedOf: null }))
    expect([asked(anna), asked(ben), asked(staff)]).toEqual([0, 1, 0])
  })

  it('asked twice is asked once; another one under its id is refused', () => {
    ask(question())
    expect(ask(question()).mutationId).toBeNull()
    expect(() => ask(question({ text: 'Another' }))).toThrow(expect.objectContaining({ code: 'conflict.exists' }))
    expect(countWaiting(store.db)).toBe(1)
  })

  it('and its answer leave in their order', async () => {
    ask(question({ askedOf: null }))
    reply('I would.', by)
    await push()
    expect(server.pushes[0]?.mutations.map(({ name }) => name)).toEqual(['question.ask', 'question.answer'])
  })

  it('that a colleague answered first shows both answers; trying again cannot help', async () => {
    pull(serverQuestion())
    reply('Mine')
    refuse('question.answered')
    await push(ben)
    pull(serverQuestion('Theirs'))
    expect(findQuestion(store.db, question().id)?.answer?.text).toBe('Theirs')
    const [entry] = list(ben)
    expect(entry).toMatchObject({
      mayRetry: false,
      scan: { sessionId: session.id },
      practiceChange: { about: 'answer', text: 'Mine', current: { text: 'Theirs', byName: 'Dr Ben Osei' } },
    })
    const id = MutationId.parse(entry?.mutationId)
    expect(() => write(store.db, (tx) => retryLocally(tx, id, asBen))).toThrow('conflict.exists')
    write(store.db, (tx) => discardLocally(tx, id, 'answered', asBen))
    expect(list(ben)).toEqual([])
  })

  it('that was refused is asked again as it was', async () => {
    ask(question())
    refuse('auth.denied')
    await push()
    const [entry] = list()
    expect(entry).toMatchObject({ practiceChange: { about: 'question', askedOfName: 'Dr Ben Osei' } })
    expect(getReviewCase(store.db, session.id).questions).toEqual([])
    write(store.db, (tx) => retryLocally(tx, MutationId.parse(entry?.mutationId), by))
    expect(getReviewCase(store.db, session.id).questions).toHaveLength(1)
  })
})

describe('a fresh copy', () => {
  const taken = { status: 'applied', code: null, feedSeq: 900 } as const

  it('settles what it holds, and what the server has lost is sent again', async () => {
    answer(taken)
    save(goal())
    ask(question())
    await push()
    expect(overlaid()).toBe(2)
    bringCopy(store.db, [...ROWS, serverGoal()], 2)
    expect([overlaid(), countWaiting(store.db)]).toEqual([1, 1])
    await push()
    const [first, again] = server.pushes.map(({ mutations }) => mutations.find(({ name }) => name === 'question.ask'))
    expect({ ...again, clientSeq: 0 }).toEqual({ ...first, clientSeq: 0 })
    bringCopy(store.db, [...ROWS, serverGoal(), serverQuestion()], 3)
    expect([overlaid(), countWaiting(store.db)]).toEqual([0, 0])
  })

  it('takes away what is gone, and what it is about hears of it', () => {
    pull(serverGoal(), serverQuestion(), row('practice_rules', rules({ seenMs: 0 })))
    bringCopy(store.db, ROWS, 2)
    expect(getReviewCase(store.db, session.id)).toMatchObject({ goals: [], questions: [] })
    expect(rulesInForce(store.db).seenMs).toBe(STANDARD_RULES.seenMs)
    expect(createQueueIndex(store.db).counts('', 0, { personId: ben.id, mayDecide: true }).asked).toBe(0)
  })
})
