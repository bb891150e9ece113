import { expect, test } from 'vitest'
import { PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import { PhotoHash } from '../../../../server/contract/domain/ids.ts'
import type { FiledPhoto } from '../../../checks/messages.ts'
import { createCheckStore } from './check-store.ts'
import { createChecking } from './checking.ts'
import { alignedAs, pairNamed } from './testing.ts'

const filed = (letter: string, view: FiledPhoto['view'] = 'frontal'): FiledPhoto => ({
  hash: PhotoHash.parse(letter.repeat(64)),
  view,
})
const checkOf = (photo: FiledPhoto): PhotoCheck => ({
  ...photo,
  recipe: 1,
  flags: [{ flag: 'dark', confidence: 0.9 }],
  looksLike: null,
  aligners: 'unknown',
})
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

function open(known: readonly PhotoCheck[]) {
  const asked: string[][] = []
  const missing: FiledPhoto[][] = []
  const call = async (_: 'checks.find', hashes: readonly string[]) => {
    asked.push([...hashes])
    return known.filter(({ hash }) => hashes.includes(hash))
  }
  const store = createCheckStore({
    // Only this call is made.
    port: { call: call as never },
    soon: (work) => work(),
    missing: (photos) => missing.push([...photos]),
  })
  return { store, asked, missing }
}

test('what the store does not know is handed on in the order of wanting, what it knows is not', async () => {
  const { store, missing } = open([checkOf(filed('b'))])
  store.want([filed('a'), filed('b'), filed('c')])
  await settled()
  expect(missing.at(-1)).toEqual([filed('a'), filed('c')])
  expect(store.find(filed('b').hash, 'frontal')).toEqual(checkOf(filed('b')))
})

test('an answer of this computer is shown, and the photo is not handed on again', async () => {
  const { store, asked, missing } = open([])
  store.want([filed('a'), filed('b')])
  await settled()
  store.checked(checkOf(filed('a')))
  store.want([filed('a'), filed('b')])
  await settled()
  expect(missing.at(-1)).toEqual([filed('b')])
  expect(asked).toHaveLength(1)
})

test('one picture in two slots has an answer for each', async () => {
  const { store, missing } = open([checkOf(filed('a', 'frontal'))])
  store.want([filed('a', 'frontal'), filed('a', 'buccal_left')])
  await settled()
  expect(store.find(filed('a').hash, 'buccal_left')).toBeNull()
  expect(missing.at(-1)).toEqual([filed('a', 'buccal_left')])
})

test('what lining up finds settles a doubt, whichever comes first, and is kept', async () => {
  const saved: PhotoCheck[] = []
  const known = { ...checkOf(filed('a')), flags: [{ flag: 'wrong_view' as const, confidence: 0.4 }] }
  const call = async (name: string, input: unknown) => {
    if (name === 'checks.save') saved.push(PhotoCheck.parse(input))
    return name === 'checks.find' ? [known] : null
  }
  const checking = createChecking({
    // Only these two calls are made, and no worker is asked: the store knows the photo.
    port: { call: call as never, photoUrl: () => '' },
    soon: (work) => work(),
    quietly: (work) => work(),
    computes: true,
  })
  checking.checks.want([filed('a')])
  await settled()
  checking.lined(alignedAs(pairNamed('a', 'b')))
  expect(checking.checks.find(filed('a').hash, 'frontal')?.flags).toEqual([])
  expect(saved.map(({ flags }) => flags)).toEqual([[]])
})
