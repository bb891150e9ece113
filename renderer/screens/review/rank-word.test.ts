import { expect, test } from 'vitest'
import { fold, rankWord } from './rank-word.ts'

const rank = (typed: string, word: string) => rankWord(fold(typed).split(' '), fold(word))

test.each([
  { typed: 'unsaet', word: 'unseat', slip: 'two letters that changed places' },
  { typed: 'plaq', word: 'plaque', slip: 'none' },
  { typed: 'plauqe', word: 'plaque', slip: 'two letters' },
  { typed: 'gingvitis', word: 'gingivitis', slip: 'a letter too few' },
  { typed: 'recesssion', word: 'recession', slip: 'a letter too much' },
  { typed: 'debpnd', word: 'debond', slip: 'another letter' },
  { typed: 'lost atachment', word: 'lost attachment', slip: 'in the second word' },
  { typed: 'unsae', word: 'unseat', slip: 'in what is typed so far' },
])('"$typed" still finds "$word": $slip', ({ typed, word }) => {
  expect(rank(typed, word)).toBeGreaterThan(0)
})

test('what begins like the word comes before a slip, and a slip before scattered letters', () => {
  expect(rank('sore', 'sore')).toBeGreaterThan(rank('sore', 'score'))
  expect(rank('debnd', 'debond')).toBeGreaterThan(rank('dbnd', 'debond'))
})

test.each([
  ['plaque', 'sore'],
  ['xyz', 'unseat'],
  ['zz', 'wrong stage'],
  ['sora', 'debond'],
])('"%s" does not find "%s"', (typed, word) => {
  expect(rank(typed, word)).toBe(0)
})

test('three letters are not yet a slip: too many words are near', () => {
  expect(rank('dbe', 'sore')).toBe(0)
})

test('accents and capitals do not matter', () => {
  expect(rank('REZESSION', 'Rézession')).toBe(6)
})
