import { expect, it } from 'vitest'
import type { ServerApi } from '../platform/server-api.ts'
import type { CopyPage, RowQuery } from './read-rows.ts'
import { peekNext } from './read-rows.ts'
import { createRowsAhead } from './rows-ahead.ts'

const api = {} as ServerApi // handed through, never called
const pageTo = (next: string | null): CopyPage => ({ epoch: 1, seq: 9, totals: null, next, rows: [] })
const sessionsFrom = (after: string | null) => ({ only: 'session' as const, entity: 'session' as const, after })

/** A server whose answers come when the test says so. */
function aServer() {
  const asked: { query: RowQuery; peek: (next: string | null) => void; answer: PromiseWithResolvers<CopyPage> }[] = []
  const ahead = createRowsAhead((_, query, peek) => {
    const answer = Promise.withResolvers<CopyPage>()
    asked.push({ query, peek, answer })
    return answer.promise
  })
  const at = (index: number) => {
    const one = asked[index]
    if (one === undefined) throw new Error(`only ${asked.length} pages were asked for`)
    return one
  }
  return { asked, ahead, at, keys: () => asked.map(({ query }) => query.after ?? '') }
}

it('asks for the next pages as soon as one tells where they begin, and never for more than three ahead', async () => {
  const { ahead, at, keys } = aServer()
  const first = ahead.find(api, sessionsFrom(null))
  expect(keys()).toEqual([''])
  for (const [index, next] of ['a', 'b', 'c', 'd'].entries()) at(index).peek(next)
  expect(keys()).toEqual(['', 'a', 'b', 'c'])
  at(0).answer.resolve(pageTo('a'))
  ahead.taken(api, await first)
  expect(keys()).toEqual(['', 'a', 'b', 'c', 'd'])
})

it('goes on where a page ends though no page told so beforehand', async () => {
  const { ahead, at, keys } = aServer()
  const first = ahead.find(api, sessionsFrom(null))
  at(0).answer.resolve(pageTo('a'))
  ahead.taken(api, await first)
  expect(keys()).toEqual(['', 'a'])
  const second = ahead.find(api, sessionsFrom('a'))
  at(1).answer.resolve(pageTo(null))
  ahead.taken(api, await second)
  expect(keys()).toEqual(['', 'a'])
})

it('goes from one entity to the next in the order of the copy', () => {
  const { ahead, at, asked } = aServer()
  void ahead.find(api, { only: null, entity: 'practice', after: null })
  at(0).peek(null)
  at(1).peek(null)
  expect(asked.map(({ query }) => query.entity)).toEqual(['practice', 'person', 'patient'])
})

it('believes the page and not what was seen of it beforehand', async () => {
  const { ahead, at, keys } = aServer()
  const first = ahead.find(api, sessionsFrom(null))
  at(0).peek('a')
  at(0).answer.resolve(pageTo('b'))
  ahead.taken(api, await first)
  void ahead.find(api, sessionsFrom('b'))
  expect(keys()).toEqual(['', 'a', 'b'])
})

it('drops what it has for another place, and what failed', async () => {
  const { ahead, at, keys } = aServer()
  const first = ahead.find(api, sessionsFrom(null))
  at(0).peek('a')
  at(0).answer.reject(new Error('the line is down'))
  await expect(first).rejects.toThrow('the line is down')
  ahead.forget()
  void ahead.find(api, sessionsFrom(null))
  void ahead.find(api, sessionsFrom('x'))
  expect(keys()).toEqual(['', 'a', '', 'x'])
})

it.each([
  ['{"epoch":1,"seq":2,"next":"01a1fe80-14b9-756c-b129-0e8cc0a01d00","rows":[', '01a1fe80-14b9-756c-b129-0e8cc0a01d00'],
  ['{"epoch":1,"seq":2,"next":null,"totals":{"read":1},"rows":[]}', null],
  ['{"rows":[{"id":"x","body":{"next":null}}],"next":"01a1fe80-14b9-756c-b129-0e8cc0a01d00"}', undefined],
  ['<html>', undefined],
])('sees in %s that the next page begins after %s', (text, next) => {
  expect(peekNext({ status: 200, body: Buffer.from(text), contentType: 'application/json' })).toBe(next)
})
