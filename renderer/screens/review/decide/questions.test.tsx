// @vitest-environment jsdom
import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { QuestionId } from '../../../../server/contract/domain/ids.ts'
import type { Question } from '../../../../server/contract/domain/questions.ts'
import { fakeId } from '../../../ports/fake-practice.ts'
import type { FakeBridge } from '../../../ports/fake-bridge.ts'
import { batchOf, COLLEAGUE, fakeWith, ME, openReview } from './open-review.tsx'

const LOOK = { view: 'buccal_left', layout: 'pair', zoom: 3, x: 0.4, y: 0.6, priorSessionId: null } as const

function put(fake: FakeBridge, at: number, change: Partial<Question> = {}) {
  const session = fake.practice.sessions.find((one) => one.id === batchOf(fake)[at])!
  fake.shared.questions.push({
    id: QuestionId.parse(fakeId(21, fake.shared.questions.length)),
    sessionId: session.id,
    patientId: session.patientId,
    askedBy: COLLEAGUE.id,
    askedOf: ME.id,
    text: 'Is that the attachment?',
    look: LOOK,
    askedAtMs: 1,
    answer: null,
    ...change,
  })
}

test('a case with a question opens with its picture, and the next one with the own again', async () => {
  const fake = fakeWith()
  put(fake, 1)
  const { now, press, batch } = await openReview(fake)
  const before = { layout: now().mode.layout, look: now().viewport.looks.buccal_left }
  await press('review.next')
  await waitFor(() => expect(now().questions.asked).toBeDefined())
  expect(now().batch.currentId).toBe(batch[1])
  expect(now().mode).toMatchObject({ layout: 'single', activeView: 'buccal_left' })
  expect(now().viewport.looks.buccal_left).toEqual({ zoom: 3, x: 0.4, y: 0.6 })
  await press('review.next')
  await waitFor(() => expect(now().reviewCase?.session.id).toBe(batch[2]))
  expect(now().mode).toMatchObject({ layout: before.layout, activeView: 'frontal' })
  expect(now().viewport.looks.buccal_left).toEqual(before.look)
})

test('once the question is answered the own picture is back, on the same case', async () => {
  const fake = fakeWith()
  put(fake, 0)
  const { now } = await openReview(fake)
  expect(now().viewport.looks.buccal_left).toEqual({ zoom: 3, x: 0.4, y: 0.6 })
  Object.assign(fake.shared.questions[0]!, { answer: { by: ME.id, text: 'Yes.', answeredAtMs: 2 } })
  fake.emit('store.changed', { patients: false, sessions: false, reads: false, practice: true })
  await waitFor(() => expect(now().questions.asked).toBeUndefined())
  expect(now().mode).toMatchObject({ layout: 'pairs', activeView: 'frontal' })
  expect(now().viewport.looks.buccal_left).toEqual({ zoom: 1, x: 0.5, y: 0.5 })
})

test('the picture of a question shown by its key stays behind with its case', async () => {
  const fake = fakeWith()
  put(fake, 0, { answer: { by: ME.id, text: 'Yes.', answeredAtMs: 2 } })
  const { now, press, batch } = await openReview(fake)
  await press('review.questionLook')
  expect(now().viewport.looks.buccal_left).toEqual({ zoom: 3, x: 0.4, y: 0.6 })
  await press('review.next')
  await waitFor(() => expect(now().reviewCase?.session.id).toBe(batch[1]))
  expect(now().viewport.looks.buccal_left).toEqual({ zoom: 1, x: 0.5, y: 0.5 })
})

test.each([
  { name: 'to somebody else', change: { askedOf: COLLEAGUE.id, askedBy: ME.id } },
  { name: 'that is the own one, to anybody', change: { askedOf: null, askedBy: ME.id } },
  { name: 'that is answered', change: { answer: { by: ME.id, text: 'Yes.', answeredAtMs: 2 } } },
])('a question $name changes no picture; a key shows it', async ({ change }) => {
  const fake = fakeWith()
  put(fake, 0, change)
  const { now, press } = await openReview(fake)
  expect(now().questions.asked).toBeUndefined()
  expect(now().mode.activeView).toBe('frontal')
  await press('review.questionLook')
  expect(now().mode.activeView).toBe('buccal_left')
})

test('a question to any clinician is everybody’s but its author’s', async () => {
  const fake = fakeWith()
  put(fake, 0, { askedOf: null })
  const { now } = await openReview(fake)
  expect(now().questions.asked?.question.askedBy).toBe(COLLEAGUE.id)
})

test('asking takes the picture along: view, zoom and the scan beside it', async () => {
  const fake = fakeWith()
  const { now, press } = await openReview(fake)
  await press('review.nextView')
  await press('review.ask')
  const { activeView } = now().mode
  expect(now().questions.asking).toMatchObject({
    sessionId: now().reviewCase!.session.id,
    look: { view: activeView, layout: 'montage', zoom: 1, priorSessionId: now().reviewCase!.priors[0]!.sessionId },
  })
})
