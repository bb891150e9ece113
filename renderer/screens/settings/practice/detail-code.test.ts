import { expect, test } from 'vitest'
import { PracticeDetail } from '../../../../server/contract/domain/practice-rules.ts'
import { makeDetailCode } from './detail-code.ts'

const label = (words: string) => ({ label: words, teeth: false, mm: false, retired: false })

test.each([
  ['Bite ramp worn', 'x_bite_ramp_worn'],
  ['Lückenöffnung, groß', 'x_luckenoffnung_gross'],
  ['附件', 'x_word'],
  ['  --  ', 'x_word'],
  ['3rd molar', 'x_3rd_molar'],
])('%s becomes %s', (words, code) => {
  expect(makeDetailCode(words, [])).toBe(code)
})

test('whatever the label, a hundred of them get a hundred codes that the contract takes', () => {
  const known: PracticeDetail[] = []
  for (let n = 0; n < 100; n += 1) {
    const words = n % 2 === 0 ? 'ein sehr langes Wort mit vielen Buchstaben darin' : '附件'
    known.push(PracticeDetail.parse({ code: makeDetailCode(words, known), ...label(words) }))
  }
  expect(new Set(known.map(({ code }) => code)).size).toBe(100)
})
