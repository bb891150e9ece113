import { expect, test } from 'vitest'
import { readExif } from './exif.ts'

/** A TIFF block whose one field is the camera's maker. */
function madeBy(maker: string): Buffer {
  const text = Buffer.from(`${maker}\0`)
  const block = Buffer.alloc(26)
  block.write('II*\0', 'latin1')
  block.writeUInt32LE(8, 4)
  block.writeUInt16LE(1, 8)
  block.writeUInt16LE(0x010f, 10)
  block.writeUInt16LE(2, 12)
  block.writeUInt32LE(text.length, 14)
  block.writeUInt32LE(block.length, 18)
  return Buffer.concat([block, text])
}

test.each([
  { case: 'as it is', maker: 'Phône 😀', camera: 'Phône 😀' },
  { case: 'cut where it is too long', maker: 'a'.repeat(200), camera: 'a'.repeat(120) },
  // Half a pair is text that the database refuses: the photo would be tried again and again, and given up.
  { case: 'never cut through a character', maker: `${'a'.repeat(119)}😀`, camera: 'a'.repeat(119) },
])('the name of a camera is kept $case', ({ maker, camera }) => {
  expect(readExif(madeBy(maker)).camera).toBe(camera)
})
