import type { Problem } from './problem.ts'

/** Text of a manifest in the encodings that spreadsheets write, without its byte-order mark. */
export function decodeManifest(bytes: Uint8Array): { text: string } | { problems: Problem[] } {
  const encoding = encodingOf(bytes)
  const text = decode(bytes, encoding)
  if (text !== undefined) return { text }
  if (encoding !== 'utf-8')
    return { problems: [{ row: 1, say: 'The manifest is damaged UTF-16. Save it again as CSV UTF-8.' }] }
  if (bytes.includes(0)) return { problems: [{ row: 1, say: 'This is not a text file. Name the manifest, a CSV.' }] }
  return {
    problems: badRows(bytes).map((row) => ({
      row,
      say: 'These letters are not UTF-8 (often Latin-1 from an older program). Save the manifest as CSV UTF-8.',
    })),
  }
}

/** By the byte-order mark; without one, zero bytes at every second place of the first line give UTF-16 away. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (bytes.length >= 4 && first !== 0 && second === 0) return 'utf-16le'
  if (bytes.length >= 4 && first === 0 && second !== 0) return 'utf-16be'
  return 'utf-8'
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined // not this encoding: the caller says so with the rows
  }
}

function badRows(bytes: Uint8Array): number[] {
  const rows: number[] = []
  let from = 0
  for (let row = 1; from < bytes.length; row++) {
    const end = bytes.indexOf(0x0a, from)
    const line = bytes.subarray(from, end === -1 ? bytes.length : end)
    if (decode(line, 'utf-8') === undefined) rows.push(row)
    from = end === -1 ? bytes.length : end + 1
  }
  return rows
}
