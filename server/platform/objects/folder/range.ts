/** First and last byte, both included, as HTTP counts them. */
export type ByteRange = { readonly start: number; readonly end: number }

/**
 * One `bytes=` range of RFC 9110. Undefined means the whole object: no header, several ranges, or a form that is
 * not understood, all of which the standard lets a server answer in full.
 */
export function parseRange(header: string | undefined, totalBytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (match === null) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') {
    const suffix = Math.min(Number(last), totalBytes)
    return suffix === 0 ? 'unsatisfiable' : { start: totalBytes - suffix, end: totalBytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? totalBytes - 1 : Math.min(Number(last), totalBytes - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start >= totalBytes ? 'unsatisfiable' : { start, end }
}
