import { expect, test } from 'vitest'
import { fromUniversal } from '../../../server/contract/domain/teeth.ts'
import { makeText } from '../../text/text-context.tsx'
import { detailLabel } from '../../text/detail-label.ts'
import { detailWords } from './detail-words.ts'
import { parseDetail } from './parse-detail.ts'

const english = detailWords(makeText('en').t)
const first = (text: string, numbers: 'fdi' | 'universal' = 'fdi', words = english) =>
  parseDetail(text, words, numbers).matches[0]

test.each([
  { typed: 'unseat 22 0.5', tag: { code: 'unseat', teeth: [22], mm: 0.5 } },
  { typed: 'uns 22 0,5', tag: { code: 'unseat', teeth: [22], mm: 0.5 } },
  { typed: 'unseat 22 1', tag: { code: 'unseat', teeth: [22], mm: 1 } },
  { typed: 'UNSEAT 22 12 2mm', tag: { code: 'unseat', teeth: [22, 12], mm: 2 } },
  { typed: 'unseat 22, 12 2 mm', tag: { code: 'unseat', teeth: [22, 12], mm: 2 } },
  { typed: 'plaque 31-41', tag: { code: 'plaque', teeth: [31, 41], mm: null } },
  { typed: 'plaque 43-32', tag: { code: 'plaque', teeth: [32, 31, 41, 42, 43], mm: null } },
  { typed: 'attach 13', tag: { code: 'lost_attachment', teeth: [13], mm: null } },
  { typed: 'wh sp 11', tag: { code: 'white_spot', teeth: [11], mm: null } },
  { typed: 'gngvts', tag: { code: 'gingivitis', teeth: [], mm: null } },
  { typed: 'unseat 11,12', tag: { code: 'unseat', teeth: [11, 12], mm: null } },
  { typed: 'unseat 11,12,21-22 0,5', tag: { code: 'unseat', teeth: [11, 12, 21, 22], mm: 0.5 } },
  { typed: 'ipr 22 0.3', tag: { code: 'ipr_needed', teeth: [22], mm: 0.3 } },
])('"$typed" is understood', ({ typed, tag }) => {
  expect(first(typed)).toEqual(tag)
})

test('universal numbers are stored as FDI', () => {
  expect(first('unseat 10', 'universal')).toEqual({ code: 'unseat', teeth: [fromUniversal(10)], mm: null })
  expect(first('plaque 24-25', 'universal')?.teeth).toEqual([31, 41])
  expect(first('unseat 8,9', 'universal')).toEqual({ code: 'unseat', teeth: [11, 21], mm: null })
})

test.each([
  { typed: 'unseat 19', why: 'no such tooth in FDI' },
  { typed: 'plaque 13-43', why: 'a range across both arches' },
  { typed: 'unseat 22 25.5', why: 'more than 20 mm' },
])('"$typed" is refused: $why', ({ typed }) => {
  const parsed = parseDetail(typed, english, 'fdi')
  expect(parsed.matches).toEqual([])
  expect(parsed.unknownNumber).not.toBeNull()
})

test('a detail that has no teeth is not offered once a tooth is typed', () => {
  expect(parseDetail('cracked 22', english, 'fdi').matches).toEqual([])
  expect(first('cracked')?.code).toBe('cracked_aligner')
})

test('words are found in the language on screen, without their accents', () => {
  expect(first('unscharf', 'fdi', detailWords(makeText('de').t))?.code).toBe('retake_blur')
  expect(first('rezession 33', 'fdi', detailWords(makeText('de').t))).toMatchObject({ code: 'recession', teeth: [33] })
})

test('nothing typed offers the whole vocabulary', () => {
  expect(parseDetail('', english, 'fdi').matches).toHaveLength(english.length)
})

const own = [
  { code: 'x_chewies', label: 'Chewies nötig', teeth: true, mm: false, retired: false },
  { code: 'x_old_word', label: 'Old word', teeth: false, mm: false, retired: true },
]
const withOwn = detailWords(makeText('en').t, own)

test('words of the practice are typed like the built-in ones, with teeth where they have some', () => {
  expect(first('chew 22', 'fdi', withOwn)).toEqual({ code: 'x_chewies', teeth: [22], mm: null })
  expect(first('notig', 'fdi', withOwn)?.code).toBe('x_chewies')
  expect(parseDetail('chewies 0.5', withOwn, 'fdi').matches).toEqual([])
})

test('a retired word is offered no more, and still has its name', () => {
  expect(parseDetail('old word', withOwn, 'fdi').matches).toEqual([])
  const { t } = makeText('en')
  expect(detailLabel({ code: 'x_old_word', teeth: [], mm: null }, t, 'fdi', own)).toBe('Old word')
  expect(detailLabel({ code: 'x_not_here', teeth: [11], mm: null }, t, 'fdi', own)).toBe('not here 11')
})
