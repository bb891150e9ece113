import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { guessView } from './view-name.ts'
import { VIEW_CODES, VIEWS } from './views.ts'

test.each([
  ['frontal.jpg', 'frontal'],
  ['Okafor_Front_2026-06-01.JPG', 'frontal'],
  ['anterior view.heic', 'frontal'],
  ['IV07.jpg', 'frontal'],
  ['IV-07 2026.jpg', 'frontal'],
  ['vorne.png', 'frontal'],
  ['right buccal.jpg', 'buccal_right'],
  ['buccal_right.jpg', 'buccal_right'],
  ['R_buccal.jpg', 'buccal_right'],
  ['BuccalRight.jpg', 'buccal_right'],
  ['iv01_123.jpeg', 'buccal_right'],
  ['lateral derecha.jpg', 'buccal_right'],
  ['latérale droite.jpg', 'buccal_right'],
  ['seitlich-rechts.jpg', 'buccal_right'],
  ['left-buccal-3.webp', 'buccal_left'],
  ['côté gauche.jpg', 'buccal_left'],
  ['bucal izquierda.jpg', 'buccal_left'],
  ['C:\\scans\\right\\buccal_left.jpg', 'buccal_left'],
  ['upper.jpg', 'occlusal_upper'],
  ['occlusal upper.jpg', 'occlusal_upper'],
  ['maxillary_arch.png', 'occlusal_upper'],
  ['Oberkiefer.jpg', 'occlusal_upper'],
  ['arcada superior.jpg', 'occlusal_upper'],
  ['IV24.jpg', 'occlusal_upper'],
  ['lower-occlusal.jpg', 'occlusal_lower'],
  ['mandibular.jpg', 'occlusal_lower'],
  ['inférieure.jpg', 'occlusal_lower'],
])('%s says %s', (name, view) => {
  expect(guessView(name)).toBe(view)
})

test.each([
  'IMG_0012.jpg',
  'left.jpg',
  'r.jpg',
  'buccal.jpg',
  'occlusal.jpg',
  'upper right.jpg',
  'upper and lower.jpg',
  'frontal left.jpg',
  'right buccal left.jpg',
  'IV07 IV01.jpg',
  'IV01 frontal.jpg',
  'IV99.jpg',
  'frontier.jpg',
  'Wright_Buccaleer.jpg',
  'frontal/DSC_0001.jpg',
  '',
  '.jpg',
])('%s does not say', (name) => {
  expect(guessView(name)).toBeUndefined()
})

test('every view id and every code of the table is understood', () => {
  for (const view of VIEWS) {
    expect(guessView(`${view}.jpg`)).toBe(view)
    const { direct, mirror } = VIEW_CODES[view]
    for (const code of [direct, mirror ?? direct]) expect(guessView(`${code}.jpg`)).toBe(view)
  }
})

test('any text is answered, and case and separators never change the answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      expect([undefined, ...VIEWS]).toContain(guessView(name))
    }),
    { seed: 20_260_601, numRuns: 300 },
  )
  fc.assert(
    fc.property(fc.constantFrom(...VIEWS), fc.constantFrom(' ', '-', '__', '.'), (view, gap) => {
      expect(guessView(`${view.toUpperCase().replace('_', gap)}.JPG`)).toBe(view)
    }),
    { seed: 20_260_601, numRuns: 60 },
  )
})
