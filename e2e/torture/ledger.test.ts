import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import type { FeedOp } from '../../server/contract/sync/wire.ts'
import { findMissing, judge, openLedger } from './ledger.ts'

const ids = [v7(), v7(), v7()]
const [first = '', second = '', unanswered = ''] = ids
const ledgerOf = () => {
  const ledger = openLedger()
  for (const id of ids) ledger.asked.set(id, v7())
  for (const id of [first, second]) ledger.acknowledged.add(id)
  return ledger
}
const feedOf = (readIds: readonly string[]): FeedOp[] =>
  readIds.map((id, index) => ({
    seq: index + 1,
    entity: 'read',
    id,
    op: 'put',
    body: {},
    mutationId: v7() as NonNullable<FeedOp['mutationId']>, // the brand is the server's to give
  }))

test('a decision without an answer may be on the server or not', () => {
  const good = { lost: [], doubled: [], wrong: [] }
  expect(judge(ledgerOf(), feedOf([first, second]))).toEqual(good)
  expect(judge(ledgerOf(), feedOf([unanswered, second, first]))).toEqual(good)
})

test('an acknowledged read that the server does not have is lost', () => {
  expect(judge(ledgerOf(), feedOf([second])).lost).toEqual([first])
})

test('a read that the feed brings twice is doubled', () => {
  expect(judge(ledgerOf(), feedOf([first, second, first])).doubled).toEqual([first])
})

test('a read that nobody asked for, a gap, and one change with two effects are told', () => {
  const [one, two] = feedOf([first, second])
  if (one === undefined || two === undefined) throw new Error('two rows were asked for')
  const stranger = v7()
  expect(judge(ledgerOf(), feedOf([first, second, stranger])).wrong).toEqual([`nobody asked for the read ${stranger}`])
  expect(judge(ledgerOf(), [one, { ...two, seq: 3 }]).wrong).toEqual(['the feed has 3 as its row 2'])
  expect(judge(ledgerOf(), [one, { ...two, mutationId: one.mutationId }]).wrong).toHaveLength(1)
})

test('an acknowledged read that no screen shows is missing', () => {
  expect(findMissing(ledgerOf(), new Set([second, unanswered]))).toEqual([first])
})
