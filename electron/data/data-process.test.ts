import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import { aDecision } from '../store/testing.ts'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

let place: Awaited<ReturnType<typeof openTinyWorkplace>>
beforeEach(async () => {
  place = await openTinyWorkplace()
})
afterEach(() => place.close())

const isPush = (pathname: string) => pathname.endsWith('/sync/push')
const isSync = (pathname: string) => pathname.includes('/sync/')
const session = (index: number) => {
  const found = place.sessions[index]
  if (found === undefined) throw new Error(`no session ${index}`)
  return found
}
const decide = async (child: DataChild, index: number): Promise<RecordRead> => {
  const args = aDecision(session(index))
  await child.call('review.decide', args)
  return args
}
const settled = (child: DataChild, waitingCount = 0) =>
  child.until(async () => (await child.call('sync.status', null)).waitingCount === waitingCount)
/** Who sent this read, once for each time it was sent. */
const sendersOf = (read: RecordRead) =>
  place.server.pushes.flatMap(({ personId, request }) =>
    request.mutations.filter((m) => (m.args as { readId?: unknown }).readId === read.readId).map(() => personId),
  )
const whenHeld = () => {
  const held = Promise.withResolvers<ServerResponse>()
  return { held: held.promise, hold: (response: ServerResponse) => held.resolve(response) }
}

describe('a decision', () => {
  it('survives a kill right after the answer, and is then sent once', async () => {
    let child = await place.begin(place.alma)
    for (const round of [0, 1, 2]) {
      const answered: RecordRead[] = []
      const asked = [0, 1, 2, 3].map((index) => aDecision(session(4 * round + index)))
      const first = Promise.withResolvers<void>()
      for (const args of asked) {
        const answer = child.call('review.decide', args).then(() => answered.push(args))
        answer.then(() => first.resolve()).catch(() => {}) // those after the kill get no answer
      }
      await first.promise
      await child.kill()
      child = await place.restart()
      for (const { sessionId } of answered)
        expect((await child.call('review.open', { sessionId })).state).toBe('reviewed')
      await settled(child)
      const applied = place.server.appliedReads()
      expect(applied).toEqual(expect.arrayContaining(answered.map((args) => args.readId)))
      expect(new Set(applied).size).toBe(applied.length)
    }
  })

  it('is applied once when the process is killed between the commit on the server and its answer', async () => {
    const { held, hold } = whenHeld()
    let child = await place.begin(place.alma)
    const read = await decide(child, 0)
    place.server.behave.instead = ({ url }, response) => {
      if (!isPush(url.pathname)) return false
      place.server.behave.instead = () => false
      response.writeHead = () => response // the practice applies it, and its answer never leaves
      response.end = () => response
      hold(response)
      return false
    }
    await held
    await child.kill()
    child = await place.restart()
    await settled(child)
    expect(sendersOf(read)).toHaveLength(2)
    const [first, second] = place.server.pushes.map(({ request }) => JSON.stringify(request))
    expect(second).toBe(first)
    const { reads } = await child.call('review.open', { sessionId: read.sessionId })
    expect(reads.map((entry) => entry.read.readId)).toEqual([read.readId])
  })

  it('waits 800 ms to be taken back, and no longer', async () => {
    const child = await place.begin(place.alma)
    const arrived = Promise.withResolvers<number>()
    place.server.behave.instead = ({ url }) => {
      if (isPush(url.pathname)) arrived.resolve(performance.now())
      return false
    }
    const gone = await decide(child, 0)
    expect(await child.call('review.takeBack', { readId: gone.readId })).toEqual({ sessionId: gone.sessionId })
    expect((await child.call('review.open', { sessionId: gone.sessionId })).state).toBe('waiting')
    const decidedAtMs = performance.now()
    const kept = await decide(child, 1)
    const waitedMs = (await arrived.promise) - decidedAtMs
    expect(waitedMs).toBeGreaterThanOrEqual(795)
    expect(waitedMs).toBeLessThan(10_000) // by its own timer: the next poll would be later, even on a busy machine
    await settled(child)
    expect([sendersOf(gone), sendersOf(kept)]).toEqual([[], [place.alma.id]])
  })

  it('cannot be taken back while it is on its way', async () => {
    const { held, hold } = whenHeld()
    const child = await place.begin(place.alma)
    place.server.behave.instead = ({ url }, response) => {
      if (isPush(url.pathname)) hold(response)
      return isPush(url.pathname)
    }
    const read = await decide(child, 0)
    const response = await held
    await expect(child.call('review.takeBack', { readId: read.readId })).rejects.toMatchObject({
      code: 'read.already-sent',
    })
    expect(await child.call('review.lastDecision', null)).toBeNull()
    place.server.behave.instead = () => false
    response.destroy() // nobody knows whether it arrived: it goes again, as the same change
    await settled(child)
    expect((await child.call('review.open', { sessionId: read.sessionId })).reads[0]?.sent).toBe(true)
  })
})

describe('two people on one computer', () => {
  it('send their own decisions under their own names, whoever is there when the line comes back', async () => {
    const child = await place.begin(place.alma)
    place.server.behave.instead = ({ url }, response) => {
      if (isSync(url.pathname)) response.destroy()
      return isSync(url.pathname)
    }
    const almas = await decide(child, 0)
    await child.call('session.signOut', null)
    await place.signIn(child, place.jonas)
    const jonas = await decide(child, 1)
    place.server.behave.instead = () => false
    await child.call('sync.now', null)
    await settled(child, 1)
    expect([sendersOf(almas), sendersOf(jonas)]).toEqual([[], [place.jonas.id]])
    await child.call('session.signOut', null)
    await place.signIn(child, place.alma)
    await settled(child)
    expect(sendersOf(almas)).toEqual([place.alma.id])
    const clientOf = (personId: string) =>
      new Set(place.server.pushes.filter((push) => push.personId === personId).map(({ request }) => request.clientId))
    expect(clientOf(place.alma.id).size).toBe(1)
    expect(clientOf(place.jonas.id).size).toBe(1)
    expect(clientOf(place.alma.id)).not.toEqual(clientOf(place.jonas.id))
    const devices = place.server.upgrades.map((url) => url.searchParams.get('client'))
    expect(new Set(devices)).toEqual(new Set([...clientOf(place.alma.id), ...clientOf(place.jonas.id)]))
  })

  it('never send as the other when they change places while the server is thinking', async () => {
    const { held, hold } = whenHeld()
    const child = await place.begin(place.alma)
    place.server.behave.instead = ({ url }, response) => {
      if (isSync(url.pathname)) response.destroy()
      return isSync(url.pathname)
    }
    const almas = await decide(child, 0)
    await decide(child, 1) // the first is no longer held back
    void child.call('sync.now', null)
    await child.until(async () => (await child.call('sync.status', null)).connection === 'offline')
    place.server.behave.instead = ({ url }, response) => {
      if (!isSync(url.pathname)) return false
      place.server.behave.instead = () => false
      hold(response)
      return true
    }
    void child.call('sync.now', null)
    const response = await held // Alma's round asks whether the server is back, and would then send
    await child.call('session.signOut', null)
    await place.signIn(child, place.jonas)
    const jonas = await decide(child, 2)
    place.server.answerNoNews(response)
    await settled(child, 2)
    expect([sendersOf(almas), sendersOf(jonas)]).toEqual([[], [place.jonas.id]])
  })
})

describe('a sign-in', () => {
  it('is renewed once when several requests meet its end', async () => {
    const child = await place.begin(place.alma)
    place.server.endTokens()
    await decide(child, 0)
    await settled(child)
    expect(place.server.behave.refreshes).toBe(1)
    expect((await child.call('app.state', null)).signInExpired).toBe(false)
  })
})

describe('the end', () => {
  it('comes with the host, and the store is closed in order', async () => {
    const child = await place.begin(place.alma)
    await decide(child, 0)
    expect(existsSync(path.join(place.dataDir, 'store.db-wal'))).toBe(true)
    child.disconnect()
    expect(await child.exited).toEqual([0, null])
    expect(existsSync(path.join(place.dataDir, 'store.db-wal'))).toBe(false)
  })

  it('comes with the host even while the keychain does not answer', async () => {
    const file = path.join(place.dataDir, 'bus')
    const asked = Promise.withResolvers<void>()
    const mute = createServer(() => asked.resolve())
    await new Promise<void>((resolve) => mute.listen(file, resolve))
    const child = place.spawn({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${file}` })
    await asked.promise
    await child.ready()
    expect((await child.call('app.state', null)).phase).toBe('locked') // the window is not kept waiting
    child.disconnect()
    expect(await child.exited).toEqual([null, 'SIGKILL']) // its thread cannot be ended in any other way
    mute.close()
  })
})

const EDGE = path.resolve(process.env['LOUPE_REALDATA'] ?? '../shared/realdata', 'edge-images')
if (!existsSync(EDGE)) process.stderr.write('skipped: real photos through import.stage (LOUPE_REALDATA not here)\n')

describe.skipIf(!existsSync(EDGE))('import.stage', () => {
  it('takes or refuses every odd file, and the process lives', async () => {
    const child = await place.begin(place.alma)
    const files = readdirSync(EDGE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(50)
    for (const file of files) {
      const bytes = readFileSync(path.join(file.parentPath, file.name))
      const staged = await child.call('import.stage', { name: file.name, bytes })
      expect(staged.byteCount).toBe(bytes.byteLength)
      expect(staged.mediaType === null).toBe(staged.refusal !== null)
    }
    expect((await child.call('app.state', null)).phase).toBe('ready')
  })
})
