import { describe, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { changeRules, rulesOf } from './change-rules.ts'
import { PracticeId } from './ids.ts'
import { ChangeRules, type PracticeRules } from './practice-rules.ts'

const practiceId = PracticeId.parse('01890000-0000-7000-8000-000000000001')
const word = { code: 'x_bite', label: 'Open bite', teeth: false, mm: true, retired: false }
const lane = { id: 'late', name: 'Late', conditions: [{ is: 'waiting_longer', hours: 48 } as const] }
const current: PracticeRules = { ...rulesOf(practiceId, undefined), details: [word], lanes: [lane], revision: 3 }

const codeOf = (set: ChangeRules['set'], base: Record<string, unknown> = { ...current }) => {
  try {
    changeRules(current, set, base)
    return undefined
  } catch (cause) {
    return AppError.from(cause).code
  }
}

test('a practice that never changed anything has the standard, under its own id', () => {
  expect(rulesOf(practiceId, undefined)).toMatchObject({ id: practiceId, secondReadPercent: 2, revision: 0 })
  expect(rulesOf(practiceId, current)).toBe(current)
})

test('what is named changes, the rest stays, and the revision grows', () => {
  expect(changeRules(current, { graceSeconds: 20 }, { graceSeconds: 10 })).toEqual({
    ...current,
    graceSeconds: 20,
    revision: 4,
  })
})

describe('a field that a colleague changed first', () => {
  test.each<[string, ChangeRules['set'], Record<string, unknown>, string | undefined]>([
    ['another value than the base', { graceSeconds: 20 }, { graceSeconds: 5 }, 'rules.stale'],
    ['no base', { graceSeconds: 20 }, {}, 'rules.stale'],
    ['already as wanted', { graceSeconds: 10 }, { graceSeconds: 5 }, undefined],
    ['a list of other contents', { lanes: [] }, { lanes: [{ ...lane, name: 'Later' }] }, 'rules.stale'],
    ['the same list with its fields in another order', { lanes: [] }, { lanes: [flipped(lane)] }, undefined],
    ['one of two', { graceSeconds: 20, seenMs: 1 }, { graceSeconds: 10, seenMs: 5 }, 'rules.stale'],
    ['a base from the prototype', { graceSeconds: 20 }, Object.create({ graceSeconds: 10 }), 'rules.stale'],
  ])('%s', (_, set, base, code) => {
    expect(codeOf(set, base)).toBe(code)
  })
})

describe('words of the practice', () => {
  test.each<[string, PracticeRules['details'], string | undefined]>([
    ['one more', [word, { ...word, code: 'x_other' }], undefined],
    ['retired', [{ ...word, retired: true }], undefined],
    [
      'renamed and in another order',
      [
        { ...word, code: 'x_a' },
        { ...word, label: 'Bite' },
      ],
      undefined,
    ],
    ['gone', [], 'input.invalid'],
    ['replaced', [{ ...word, code: 'x_other' }], 'input.invalid'],
    ['twice', [word, { ...word, label: 'Again' }], 'input.invalid'],
  ])('%s', (_, details, code) => {
    expect(codeOf({ details })).toBe(code)
  })

  test('a word cannot take the code of a built-in one', () => {
    expect(ChangeRules.safeParse({ set: { details: [{ ...word, code: 'unseat' }] } }).success).toBe(false)
  })
})

test('two lanes of one id are refused', () => {
  expect(codeOf({ lanes: [lane, { ...lane, name: 'Other' }] })).toBe('input.invalid')
})

function flipped(value: object): object {
  return Object.fromEntries(Object.entries(value).toReversed())
}
