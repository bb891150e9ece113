import { afterEach, beforeEach, expect, it } from 'vitest'
import { aDecision } from '../store/testing.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

const PASSPHRASE = 'for the courier alone'
let place: Awaited<ReturnType<typeof openTinyWorkplace>>
beforeEach(async () => {
  place = await openTinyWorkplace()
})
afterEach(() => place.close())

it('an export made offline is told to the server with the next contact, also after a kill: whose, how many, when', async () => {
  let child = await place.begin(place.alma)
  const [session] = place.sessions
  if (session === undefined) throw new Error('no session')
  place.server.behave.instead = (_, response) => {
    response.destroy()
    return true
  }
  await child.call('review.decide', aDecision(session))
  const { count } = await child.call('outbox.export', { passphrase: PASSPHRASE })
  await child.kill()
  child = await place.restart()
  // What tells of the export is no unsent work of anybody.
  expect(await child.call('outbox.unsent', null)).toMatchObject([{ count: 1 }])
  place.server.behave.instead = () => false
  const reports = () =>
    place.server.pushes
      .flatMap(({ request }) => request.mutations)
      .flatMap(({ name, args }) =>
        name === 'access.record' && JSON.stringify(args).includes('exported') ? [args] : [],
      )
  await child.until(async () => reports().length > 0)
  expect(count).toBe(1)
  const exported = {
    personId: place.alma.id,
    changeCount: 1,
    leftOutCount: 0,
    atMs: expect.any(Number) as number,
  }
  expect(reports()[0]).toEqual({ displayed: [], exported })
})
