import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { photoFormatOf } from './photo-format.ts'

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const ftyp = (major: string, ...others: string[]) =>
  bytes(`\0\0\0${String.fromCharCode(16 + 4 * others.length)}ftyp${major}\0\0\0\0${others.join('')}`)

test.each([
  ['JPEG', bytes('\xff\xd8\xff\xe0'), 'image/jpeg'],
  ['PNG', bytes('\x89PNG\r\n\x1a\n'), 'image/png'],
  ['WebP', bytes('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
  ['HEIC by its major brand', ftyp('heic', 'mif1'), 'image/heic'],
  ['HEIF that names HEIC as compatible', ftyp('mif1', 'heic'), 'image/heif'],
  ['AVIF', ftyp('avif', 'mif1'), 'image/avif'],
  ['AVIF behind a general brand', ftyp('mif1', 'avif'), 'image/avif'],
  ['GIF', bytes('GIF89a'), 'unsupported-format'],
  ['TIFF', bytes('II*\0'), 'unsupported-format'],
  ['a film', ftyp('isom', 'mp42'), 'unsupported-format'],
  ['SVG', bytes('<svg xmlns='), 'unsupported-format'],
  ['text', bytes('patient,view'), 'not-a-photo'],
  ['half a PNG signature', bytes('\x89PNG'), 'not-a-photo'],
  ['nothing', bytes(''), 'empty'],
])('%s → %s', (_, head, expected) => {
  const { mediaType, refusal } = photoFormatOf(head)
  expect(mediaType ?? refusal).toBe(expected)
})

test('any bytes are answered, from a view into a larger buffer too', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (random, asHeif) => {
      const padded = new Uint8Array(random.length + 24)
      padded.set(asHeif ? bytes('\0\0\0\xffftypmif1') : [], 8)
      padded.set(random, asHeif ? 16 : 8)
      const { mediaType, refusal } = photoFormatOf(padded.subarray(8))
      expect(mediaType === null).toBe(refusal !== null)
    }),
    { seed: 20_260_601, numRuns: 300 },
  )
})
