import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

let place: Awaited<ReturnType<typeof openTinyWorkplace>>
let child: DataChild
beforeEach(async () => {
  place = await openTinyWorkplace()
  child = await place.begin(place.alma)
})
afterEach(() => place.close())

const session = (index: number) => {
  const found = place.sessions[index]
  if (found === undefined) throw new Error(`no session ${index}`)
  return found
}
const told = (isSo: () => boolean) =>
  vi.waitFor(() => expect([isSo(), place.server.presence]).toEqual([true, place.server.presence]), { timeout: 20_000 })
const last = () => place.server.presence.at(-1)

it('the case on screen is told in the name of whoever is signed in, and its end before signing out and locking', async () => {
  await child.call('review.onScreen', { sessionId: session(0).id })
  await told(() => last()?.sessionId === session(0).id)
  expect(last()?.personId).toBe(place.alma.id)
  await child.call('session.signOut', null)
  expect(last()).toEqual({ personId: place.alma.id, sessionId: null })
  await place.signIn(child, place.jonas)
  await child.call('review.onScreen', { sessionId: session(1).id })
  await told(() => last()?.sessionId === session(1).id)
  await child.call('app.lock', null)
  expect(last()).toEqual({ personId: place.jonas.id, sessionId: null })
})

it('who else has a case open comes with the live line, under the name that the store knows', async () => {
  await child.until(async () => place.server.upgrades.length > 0)
  const open = (personId: string, index: number) => ({ personId, sessionId: session(index).id, sinceMs: 18e11 })
  const tell = (...all: readonly ReturnType<typeof open>[]) =>
    place.server.tell({ kind: 'presence', practice: place.server.practiceId, open: all })
  const list = () => child.call('review.presence', null)
  place.server.tell({ kind: 'something newer' })
  tell(open(place.alma.id, 0), open(place.jonas.id, 1), open(session(0).id, 2))
  await child.until(async () => (await list()).length > 0)
  expect(await list()).toEqual([{ sessionId: session(1).id, name: place.jonas.displayName, sinceMs: 18e11 }])
  tell(open(place.alma.id, 0))
  await child.until(async () => (await list()).length === 0)
})

it('a server that is away troubles nobody', async () => {
  place.server.behave.instead = ({ url }, response) => {
    if (url.pathname.endsWith('/presence')) response.destroy()
    return url.pathname.endsWith('/presence')
  }
  expect(await child.call('review.onScreen', { sessionId: session(0).id })).toBeNull()
  expect((await child.call('app.state', null)).phase).toBe('ready')
})

it('the people of the practice are listed', async () => {
  expect(await child.call('people.list', null)).toEqual([place.alma, place.jonas])
})
