import { describe, expect, test } from 'vitest'
import { PersonId, ReadId, SecondReadId, SessionId } from './ids.ts'
import { drawnSecondRead, mayReadSecond, OWN_CASE_AFTER_MS, type SecondRead } from './second-reads.ts'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [alma, jonas] = [PersonId.parse(uuid(1)), PersonId.parse(uuid(2))]
const first = { sessionId: SessionId.parse(uuid(3)), readId: ReadId.parse(uuid(4)), readerId: alma }
const drawn = (by: SecondRead['by']) => drawnSecondRead(SecondReadId.parse(uuid(5)), first, by, 1000)
const DAY = OWN_CASE_AFTER_MS

describe.each<[SecondRead['by'], PersonId, string, number | undefined]>([
  ['other', jonas, 'a colleague', 1000],
  ['other', alma, 'the first reader', undefined],
  ['same', alma, 'the first reader', 1000 + DAY],
  ['same', jonas, 'a colleague', undefined],
  ['either', jonas, 'a colleague', 1000],
  ['either', alma, 'the first reader', 1000 + DAY],
])('drawn for %s', (by, person, who, from) => {
  test(`${who} may read it from ${from ?? 'never'} on`, () => {
    const second = drawn(by)
    const may = (nowMs: number) => mayReadSecond(second, person, nowMs)
    expect([may((from ?? 1000) - 1), may(from ?? 1000), may(1000 + 9 * DAY)]).toEqual([
      false,
      from !== undefined,
      from !== undefined,
    ])
  })
})

test('one that was read is nobody’s any more', () => {
  const done = { ...drawn('either'), doneReadId: ReadId.parse(uuid(9)) }
  expect(mayReadSecond(done, jonas, 1000 + 9 * DAY)).toBe(false)
})
