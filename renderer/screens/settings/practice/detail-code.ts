import type { PracticeDetail } from '../../../../server/contract/domain/practice-rules.ts'

/** Long enough to tell words apart, short enough for `_99` behind it (a code has at most 40 characters). */
const LONGEST = 36

/**
 * The code of a new word of the practice: `x_` and the label in plain letters, numbered when it is taken. A label
 * without Latin letters gets a number alone. Codes never change afterwards: reads hold them.
 */
export function makeDetailCode(label: string, known: readonly Pick<PracticeDetail, 'code'>[]): string {
  const letters = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  const first = `x_${letters === '' ? 'word' : letters}`.slice(0, LONGEST)
  const isTaken = (code: string) => known.some((other) => other.code === code)
  let code = first
  for (let n = 2; isTaken(code); n += 1) code = `${first}_${n}`
  return code
}
