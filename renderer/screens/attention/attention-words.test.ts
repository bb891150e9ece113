import { expect, test } from 'vitest'
import { ActionId } from '../../../server/contract/domain/ids.ts'
import { makeFakeAttention } from '../../ports/fake-attention.ts'
import { makeFakePractice } from '../../ports/fake-practice.ts'
import { adviceKey, reasonKey } from './attention-words.ts'

const NOW_MS = Date.UTC(2026, 7, 17, 10)
const lost = makeFakeAttention(makeFakePractice(20, NOW_MS), 20, NOW_MS).find(
  ({ status, wanted, scan }) => status === 'lost' && wanted !== null && scan !== null,
)!

test('a correction that came second says that what it corrects stood no more, not that a decision came first', () => {
  const actionId = ActionId.parse('01890000-0000-7000-8000-000000000001')
  const correction = { ...lost, wanted: { ...lost.wanted!, corrects: { actionId, reason: 'Looked at 22 again' } } }
  expect([reasonKey(lost), adviceKey(lost)]).toEqual(['attention.reason.lost', 'attention.advice.lost'])
  expect([reasonKey(correction), adviceKey(correction)]).toEqual([
    'attention.reason.lostCorrection',
    'attention.advice.lostCorrection',
  ])
})
