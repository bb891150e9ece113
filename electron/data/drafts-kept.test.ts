import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Draft } from '../../preload/contract/draft.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

let place: Awaited<ReturnType<typeof openTinyWorkplace>>
beforeEach(async () => {
  place = await openTinyWorkplace()
})
afterEach(() => place.close())

const draft: Draft = {
  scores: { overallTracking: 3, alignerFit: null, oralHygiene: null },
  aligners: 'in',
  details: [],
  note: 'words that nobody sent yet',
}
const first = () => {
  const [session] = place.sessions
  if (session === undefined) throw new Error('no session')
  return session.id
}

it('what was entered and not decided is there after locking and after a kill, and lies encrypted', async () => {
  let child = await place.begin(place.alma)
  await child.call('review.keepDraft', { sessionId: first(), draft })
  await child.call('app.lock', null)
  await expect(child.call('review.keepDraft', { sessionId: first(), draft: null })).rejects.toThrow('store.locked')
  await child.kill()
  child = await place.restart()
  expect((await child.call('review.open', { sessionId: first() })).draft?.entered).toEqual(draft)
  for (const file of ['store.db', 'store.db-wal'])
    expect(readFileSync(path.join(place.dataDir, file)).includes('nobody sent yet')).toBe(false)
})

it('whoever signs in next on this computer does not see it', async () => {
  const child = await place.begin(place.alma)
  await child.call('review.keepDraft', { sessionId: first(), draft })
  await child.call('session.signOut', null)
  await place.signIn(child, place.jonas)
  await child.until(async () => (await child.call('app.state', null)).phase === 'ready')
  expect((await child.call('review.open', { sessionId: first() })).draft).toBeUndefined()
})
