import { expect, test } from 'vitest'
import type { View } from '../../../../server/contract/domain/views.ts'
import { VIEWS } from '../../../../server/contract/domain/views.ts'
import { caseWith } from './testing.ts'
import { listUnseen } from './unseen-views.ts'

const seen = (...views: View[]) => ({ viewsOf: () => new Set(views) })

test('every present view has to be seen', () => {
  expect(listUnseen(caseWith(), seen(), 400)).toEqual(VIEWS)
  expect(listUnseen(caseWith(), seen('frontal', 'occlusal_upper', 'occlusal_lower'), 400)).toEqual([
    'buccal_right',
    'buccal_left',
  ])
  expect(listUnseen(caseWith(), seen(...VIEWS), 400)).toEqual([])
})

test('a view that was not sent, or was refused, need not be seen', () => {
  const { session, ...rest } = caseWith()
  const images = session.images
    .filter(({ view }) => view !== 'frontal')
    .map((image) => (image.view === 'buccal_left' ? { ...image, photo: null, refusal: 'damaged' as const } : image))
  expect(listUnseen({ ...rest, session: { ...session, images } }, seen('occlusal_upper'), 400)).toEqual([
    'buccal_right',
    'occlusal_lower',
  ])
})

test('a practice that asks for no time asks for nothing', () => {
  expect(listUnseen(caseWith(), seen(), 0)).toEqual([])
})
