import { expect, it } from 'vitest'
import { VIEWS } from '../../../server/contract/domain/views.ts'
import { aPatient, aSession } from '../testing.ts'
import { packScan, scanOf, textOfScan } from './packed-scan.ts'

const session = aSession(aPatient().id)
const text = JSON.stringify(session)
const packed = (of: string) => ({ body: '', packed: Buffer.from(packScan(of)) })

it('gives back every character, also of names in other scripts and of a scan without photos', () => {
  const others = [
    '{}',
    JSON.stringify({ ...session, images: [] }),
    JSON.stringify({ camera: 'Ça — 日本 🦷'.repeat(999) }),
  ]
  for (const one of [text, ...others]) expect(textOfScan(packed(one))).toBe(one)
  expect(scanOf(packed(text))).toEqual(session)
})

it('makes a scan of five photos less than a third of its text', () => {
  expect(packScan(text).length).toBeLessThan(text.length / 3)
})

it('reads a scan that an earlier version stored as text', () => {
  expect(scanOf({ body: text, packed: null })).toEqual(session)
})

it('reads what the first version with packed scans wrote', () => {
  expect(scanOf({ body: '', packed: Buffer.from(FIRST, 'base64') })).toMatchObject({
    stage: 4,
    images: VIEWS.map((view) => ({ view, photo: { widthPx: 4000, quality: { score: 0.9 }, camera: null } })),
  })
})

it('refuses what a newer version packed otherwise', () => {
  expect(() => textOfScan({ body: '', packed: Buffer.from([9, 1, 2]) })).toThrow('packed in way 9')
})

const FIRST =
  'AauGZ5VEkDbUvJKEPbOY4sgsoDQAzS4m1M0u8HSanEKHlJoI8jeW9EZcWsWle+imVoLl0Gj0DEhhQkoBP5pxBmExP5pvBiTfEF9/jkYQHSMItWECAA=='
