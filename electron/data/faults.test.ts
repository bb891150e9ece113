import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { startFront } from '../platform/testing-front.ts'
import { makeCertificate } from '../platform/testing-server.ts'
import { aDecision } from '../store/testing.ts'
import type { DataChild } from './testing/data-child.ts'
import { openTinyWorkplace } from './testing/tiny-workplace.ts'

/** Twice what the workstation takes by itself, for a machine that has other things to do. */
const NOTICED_WITHIN_MS = 22_000
const HOUR_MS = 3_600_000

async function openFaultyPlace() {
  const opened: Awaited<ReturnType<typeof startFront>>[] = []
  const place = await openTinyWorkplace({
    through: async (serverUrl) => {
      const front = await startFront(serverUrl)
      opened.push(front)
      return front.url
    },
  })
  const [front] = opened
  if (front === undefined) throw new Error('no front')
  return {
    ...place,
    front,
    child: await place.begin(place.alma),
    close: async () => {
      await place.close()
      front.stop()
    },
  }
}
type FaultyPlace = Awaited<ReturnType<typeof openFaultyPlace>>

/** Every answer is this one, instead of the server's. */
const answers =
  (status: number, headers: Record<string, string>, text: string) =>
  ({ server }: FaultyPlace) => {
    server.behave.instead = (_request, response) => {
      response.writeHead(status, headers).end(text)
      return true
    }
  }
const answersItself = ({ server }: FaultyPlace) => {
  server.behave.instead = () => false
}
const certificate = (wish: Parameters<typeof makeCertificate>[0], isTrusted: boolean) => async (place: FaultyPlace) => {
  const { cert, key } = await makeCertificate(wish)
  place.server.server.setSecureContext({ cert, key })
  place.front.behave('pass') // a connection that stands was trusted when it was made
  if (isTrusted) writeFileSync(place.server.caFile, cert)
}
const authorityFile = { pem: '' }

type Fault = {
  readonly name: string
  readonly begin: (place: FaultyPlace) => void | Promise<void>
  readonly end: (place: FaultyPlace) => void | Promise<void>
  readonly connection: 'offline' | 'refused'
  readonly reason: ErrorCode
}
const HTML = { 'content-type': 'text/html' }
const QUICK: readonly Fault[] = [
  {
    name: 'a proxy that answers HTML with 200',
    begin: answers(200, HTML, '<html>Welcome to the hotel</html>'),
    end: answersItself,
    connection: 'refused',
    reason: 'server.not-loupe',
  },
  {
    name: 'a network that wants a sign-in first',
    begin: answers(302, { location: 'https://portal.example/' }, ''),
    end: answersItself,
    connection: 'refused',
    reason: 'server.not-loupe',
  },
  {
    name: 'broken JSON with 200',
    begin: answers(200, { 'content-type': 'application/json' }, '{"from":'),
    end: answersItself,
    connection: 'refused',
    reason: 'server.not-loupe',
  },
  {
    name: 'a gateway whose server is away',
    begin: answers(502, HTML, '<html>Bad gateway</html>'),
    end: answersItself,
    connection: 'offline',
    reason: 'server.unreachable',
  },
  {
    name: 'a certificate of somebody else, until IT has replaced the authority’s file',
    begin: certificate({}, false),
    end: certificate({}, true),
    connection: 'refused',
    reason: 'server.certificate',
  },
  {
    name: 'a certificate that has expired',
    begin: certificate({ fromMs: -48 * HOUR_MS, untilMs: -HOUR_MS }, true),
    end: certificate({}, true),
    connection: 'refused',
    reason: 'server.certificate',
  },
  {
    name: 'a certificate that is not valid yet, as for a clock two days behind',
    begin: certificate({ fromMs: 47 * HOUR_MS, untilMs: 96 * HOUR_MS }, true),
    end: certificate({}, true),
    connection: 'refused',
    reason: 'server.certificate',
  },
  {
    name: 'no file of the authority',
    begin: ({ server, front }) => {
      authorityFile.pem = readFileSync(server.caFile, 'utf8')
      rmSync(server.caFile)
      front.behave('pass')
    },
    end: ({ server }) => writeFileSync(server.caFile, authorityFile.pem),
    connection: 'refused',
    reason: 'server.certificate',
  },
  {
    name: 'half-closed sockets',
    begin: ({ front }) => front.behave('half-close'),
    end: ({ front }) => front.behave('pass'),
    connection: 'offline',
    reason: 'server.unreachable',
  },
]
const SILENT: readonly Fault[] = [
  {
    name: 'a server that takes requests and never answers',
    begin: ({ server }) => {
      server.behave.instead = () => true
    },
    end: answersItself,
    connection: 'offline',
    reason: 'server.silent',
  },
  {
    name: 'a server that hangs in the middle of an answer',
    begin: ({ server }) => {
      server.behave.instead = (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"epoch":1,')
        return true
      }
    },
    end: answersItself,
    connection: 'offline',
    reason: 'server.silent',
  },
  {
    name: 'a line on which writes vanish',
    begin: ({ front }) => front.behave('mute'),
    end: ({ front }) => front.behave('pass'),
    connection: 'offline',
    reason: 'server.silent',
  },
]

const status = (child: DataChild) => child.call('sync.status', null)

/**
 * Work goes on under the fault, which is named; when it ends everything is sent, without anybody doing anything.
 * @returns how often the decision arrived
 */
async function suffer(place: FaultyPlace, fault: Fault, index: number): Promise<number> {
  const { child, server } = place
  const session = place.sessions[index]
  if (session === undefined) throw new Error('no such session')
  await fault.begin(place)
  const beganAtMs = performance.now()
  const read: RecordRead = aDecision(session)
  await child.call('review.decide', read) // not held up by a network
  void child.call('sync.now', null)
  await child.until(async () => (await status(child)).reason === fault.reason)
  expect(performance.now() - beganAtMs).toBeLessThan(NOTICED_WITHIN_MS)
  expect(await status(child)).toMatchObject({ connection: fault.connection, waitingCount: 1 })
  expect(await child.call('app.state', null)).toMatchObject({ phase: 'ready', problem: null, signInExpired: false })
  expect((await child.call('review.open', { sessionId: session.id })).state).toBe('reviewed')
  await fault.end(place)
  await child.until(async () => {
    const { connection, waitingCount } = await status(child)
    return connection === 'online' && waitingCount === 0
  })
  return server.appliedReads().filter((id) => id === read.readId).length
}

describe('a person is told what is wrong, works on, and everything is sent when it is over:', () => {
  let place: FaultyPlace
  beforeAll(async () => {
    place = await openFaultyPlace()
  })
  afterAll(() => place.close())

  it.each(QUICK.map((fault, index) => ({ ...fault, index })))('$name', async ({ index, ...fault }) => {
    expect(await suffer(place, fault, index)).toBe(1)
  })

  it('a workstation that starts without the file of the authority', async () => {
    const pem = readFileSync(place.server.caFile)
    await place.child.stop()
    rmSync(place.server.caFile)
    const child = await place.restart()
    expect(await child.call('app.state', null)).toMatchObject({ phase: 'ready', problem: null })
    await child.until(async () => (await status(child)).reason === 'server.certificate')
    const [session] = place.sessions
    if (session === undefined) throw new Error('no such session')
    expect((await child.call('review.open', { sessionId: session.id })).state).toBe('reviewed')
    writeFileSync(place.server.caFile, pem)
    await child.until(async () => (await status(child)).connection === 'online')
  })
})

describe('a server that is silent', () => {
  it(`is noticed within seconds: ${SILENT.map(({ name }) => name).join('; ')}`, async () => {
    const places = await Promise.all(SILENT.map(openFaultyPlace)) // they mostly wait: side by side
    try {
      const arrived = await Promise.all(SILENT.map((fault, index) => suffer(places[index] ?? missing(), fault, 0)))
      expect(arrived).toEqual([1, 1, 1])
    } finally {
      await Promise.all(places.map((place) => place.close()))
    }
  })
})

function missing(): never {
  throw new Error('one place for each')
}
