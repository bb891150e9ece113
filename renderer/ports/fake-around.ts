import { GoalId, QuestionId, SecondReadId } from '../../server/contract/domain/ids.ts'
import type { FakeBridge } from './fake-bridge.ts'
import { FAKE_PEOPLE, fakeId } from './fake-practice.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

/**
 * Development and pictures (`?fake&around`): what can stand around a case. Of the patients in their order: the first has
 * goals and is open elsewhere, the second has a question to the signed-in person, the third one that they asked, the
 * sixth (who has a read already) comes back blind, and the practice has words of its own.
 */
export function fillAround({ practice, shared }: FakeBridge): void {
  const [me, asker] = FAKE_PEOPLE
  const newest = (i: number) => practice.sessions.findLast((one) => one.patientId === practice.patients[i]?.id)
  const [first, second, third, sixth] = [newest(0), newest(1), newest(2), newest(5)]
  if (!me || !asker || !first || !second || !third || !sixth) return
  shared.rules = {
    ...shared.rules,
    details: [
      { code: 'x_chewies', label: 'Chewies not used', teeth: true, mm: false, retired: false },
      { code: 'x_old', label: 'Old word', teeth: false, mm: false, retired: true },
    ],
  }
  const goal = {
    patientId: first.patientId,
    state: 'open',
    setBy: me.id,
    changedAtMs: Date.now(),
    quietUntil: null,
  } as const
  shared.goals.push(
    { ...goal, id: GoalId.parse(fakeId(20, 1)), text: 'Close the black triangle between 11 and 21', dueOn: dayIn(-3) },
    { ...goal, id: GoalId.parse(fakeId(20, 2)), text: 'Class I canines on both sides', dueOn: dayIn(60) },
    { ...goal, id: GoalId.parse(fakeId(20, 3)), text: 'Retainer check', dueOn: dayIn(200), quietUntil: dayIn(100) },
  )
  shared.presence.push({
    sessionId: first.id,
    name: 'Dr Leonhard von Schwarzenfels-Brunnhuber',
    sinceMs: Date.now() - 120_000,
  })
  const look = { view: 'frontal', layout: 'pair', zoom: 3, x: 0.42, y: 0.55, priorSessionId: null } as const
  const question = {
    text: 'Is 22 unseated, or is that the attachment?',
    look,
    askedAtMs: Date.now() - HOUR_MS,
    answer: null,
  }
  shared.questions.push(
    {
      ...question,
      id: QuestionId.parse(fakeId(21, 1)),
      sessionId: second.id,
      patientId: second.patientId,
      askedBy: asker.id,
      askedOf: me.id,
    },
    {
      ...question,
      id: QuestionId.parse(fakeId(21, 2)),
      sessionId: third.id,
      patientId: third.patientId,
      askedBy: me.id,
      askedOf: null,
      answer: { by: asker.id, text: 'The attachment; the tray sits.', answeredAtMs: Date.now() - HOUR_MS / 2 },
    },
  )
  shared.blind.set(sixth.id, SecondReadId.parse(fakeId(22, 1)))
}
