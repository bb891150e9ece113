import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openTinyWorkplace } from '../../electron/data/testing/tiny-workplace.ts'
import { aDecision } from '../../electron/store/testing.ts'
import { ROOT } from '../support/practice.ts'

/** Everything else starts the data process from its sources; an installed workstation has one file of it, and chunks. */
let place: Awaited<ReturnType<typeof openTinyWorkplace>> | undefined
afterEach(() => place?.close())

test('the data process as it is built copies a practice, keeps a decision over a kill, and sends it', async () => {
  place = await openTinyWorkplace({ entry: path.join(ROOT, 'out/main/data.js') })
  const { server, sessions } = place
  const [session] = sessions
  if (session === undefined) throw new Error('no session')
  const isAway = { now: true }
  let child = await place.begin(place.alma) // rows come through a thread of the same file
  const query = { lane: 'all', sort: 'wait', descending: true, search: '' } as const
  expect((await child.call('queue.page', { ...query, offset: 0, limit: 50 })).total).toBe(sessions.length)
  server.behave.instead = (_, response) => {
    if (isAway.now) response.destroy()
    return isAway.now
  }
  const decision = aDecision(session)
  await child.call('review.decide', decision)
  await child.kill()
  child = await place.restart()
  expect((await child.call('review.open', { sessionId: session.id })).reads).toMatchObject([{ sent: false }])
  isAway.now = false
  await child.until(async () => (await child.call('sync.status', null)).waitingCount === 0)
  expect(JSON.stringify(server.pushes)).toContain(decision.readId)
})
