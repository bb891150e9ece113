import { expect, test } from 'vitest'
import { PatientId, PersonId, QuestionId, SessionId } from './ids.ts'
import { answerQuestion, askQuestion, mayAnswer } from './questions.ts'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [alma, jonas, naledi] = [1, 2, 3].map((n) => PersonId.parse(uuid(n))) as [PersonId, PersonId, PersonId]
const patientId = PatientId.parse(uuid(4))
const id = QuestionId.parse(uuid(5))
const look = { view: 'frontal', layout: 'pair', zoom: 1, x: 0, y: 0, priorSessionId: null } as const
const args = { id, sessionId: SessionId.parse(uuid(6)), askedOf: jonas, text: 'Would you hold?', look }
const asked = askQuestion(args, { patientId }, { personId: alma, nowMs: 5 })

test('a question names the patient of its session and has no answer yet', () => {
  expect(asked).toEqual({ ...args, patientId, askedBy: alma, askedAtMs: 5, answer: null })
})

test.each([
  ['the one who was asked', jonas, jonas, true],
  ['the one who asked', jonas, alma, true],
  ['somebody else', jonas, naledi, false],
  ['anybody, of an open question', null, naledi, true],
])('%s may answer: %s', (_, askedOf, person, may) => {
  expect(mayAnswer({ askedOf, askedBy: alma }, person)).toBe(may)
})

test('the first answer stands', () => {
  const answered = answerQuestion(asked, { questionId: id, text: 'I would.' }, { personId: jonas, nowMs: 7 })
  expect(answered.answer).toEqual({ by: jonas, text: 'I would.', answeredAtMs: 7 })
  const again = (personId: PersonId) => () =>
    answerQuestion(answered, { questionId: id, text: 'No.' }, { personId, nowMs: 8 })
  expect(again(alma)).toThrow(expect.objectContaining({ code: 'question.answered' }))
  expect(again(naledi)).toThrow(expect.objectContaining({ code: 'auth.denied' }))
})
