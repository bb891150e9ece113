import { expect, test } from 'vitest'
import { ERROR_CODES } from '../../server/contract/errors.ts'
import { interpolate, placeholders } from './interpolate.ts'
import { LANGUAGES, type TextKey, TEXTS } from './table.ts'
import { makeText } from './text-context.tsx'

const KEYS = Object.keys(TEXTS.en) as TextKey[]

test.each(LANGUAGES)('%s has every sentence, none empty, none shouting, with English’s placeholders', (language) => {
  expect(Object.keys(TEXTS[language]).toSorted()).toEqual(KEYS.toSorted())
  for (const key of KEYS) {
    const sentence: string = TEXTS[language][key]
    expect(sentence.trim(), key).not.toBe('')
    expect(sentence, key).not.toMatch(/[!¡]/)
    expect(placeholders(sentence), key).toEqual(placeholders(TEXTS.en[key]))
  }
})

test('every error code has a sentence', () => {
  for (const code of ERROR_CODES) expect(KEYS).toContain(`error.${code}`)
})

test('plurals follow the language’s own rules', () => {
  const scans = '{count, plural, one {# scan} other {# scans}}'
  expect(interpolate(scans, { count: 1 }, 'en')).toBe('1 scan')
  expect(interpolate(scans, { count: 0 }, 'en')).toBe('0 scans')
  expect(interpolate(scans, { count: 0 }, 'fr')).toBe('0 scan')
  expect(interpolate(scans, { count: 12_000 }, 'de')).toBe('12.000 scans')
})

test('a value that looks like a placeholder is not filled again', () => {
  expect(interpolate('{name} of {total}', { name: '{total}', total: 3 }, 'en')).toBe('{total} of 3')
})

test('times are relative under a day and exact after', () => {
  const { times } = makeText('en')
  const now = new Date(2026, 7, 3, 12, 0).getTime()
  expect(times.ago(now - 30_000, now)).toBe('just now')
  expect(times.ago(now - 3 * 3_600_000, now)).toBe('3 h ago')
  expect(times.ago(now - 25 * 3_600_000, now)).toBe('2 Aug 2026, 11:00')
  expect(times.clock(new Date(2026, 7, 2, 22, 2).getTime(), now)).toBe('yesterday 22:02')
  expect(times.span(19 * 3_600_000)).toBe('19 h')
})
