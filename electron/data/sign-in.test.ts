import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import type { Keychain } from '../platform/keychain.ts'
import { silentLogger } from '../platform/logger.ts'
import { answerJson } from '../platform/testing-server.ts'
import { createSession, type Session } from '../session/session.ts'
import { write } from '../store/db.ts'
import { savePracticeId } from '../store/sync-state/sync-state.ts'
import { aPerson, openTestStore } from '../store/testing.ts'
import { startTinyPractice, type TinyPractice } from './testing/tiny-practice.ts'
import { startWorkstation } from './workstation.ts'

const alma = aPerson('Dr Alma Reyes')
const jonas = aPerson('Dr Jonas Adler')
let store: ReturnType<typeof openTestStore>
let server: TinyPractice
let http: HttpsClient
let session: Session
beforeEach(async () => {
  store = openTestStore()
  server = await startTinyPractice([alma, jonas], [], [])
  http = createHttpsClient(server.caFile)
  session = openSession()
})
afterEach(async () => {
  await session.close()
  await http.close()
  server.stop()
  store.remove()
})

function openSession(): Session {
  const onChange = () => {}
  return createSession({
    db: store.db,
    http,
    serverUrl: server.url,
    clock: systemClock,
    logger: silentLogger,
    onChange,
  })
}
const signIn = async (person = alma) => server.signIn(await session.signIn(), person)
/** What a request asks for whose token was refused. */
const renewed = () => session.tokenOf(alma.id, session.account()?.tokens.access ?? null)
const signOutOfTime = (answer: { status: number; error: string }) => {
  server.behave.instead = ({ url }, response) => {
    if (url.pathname !== '/token') return false
    answerJson(response, answer.status, { error: answer.error })
    return true
  }
}

describe('a sign-in', () => {
  it('is there again after a restart', async () => {
    expect(await signIn()).toBe(200)
    expect(openSession().account()).toMatchObject({ person: alma, demo: true })
  })

  it('of another practice is refused: this store holds the data of one', async () => {
    write(store.db, (tx) => savePracticeId(tx, '0198b000-0000-7000-8000-0000000000aa'))
    expect(await signIn()).toBe(400)
    expect(session.account()).toBeUndefined()
  })

  it('answers one callback with its own state, and no other', async () => {
    const url = new URL(await session.signIn())
    const back = new URL(url.searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', 'x')
    back.searchParams.set('state', 'guessed')
    expect((await fetch(back)).status).toBe(404)
    expect(await server.signIn(url.href, alma)).toBe(200)
    await expect(server.signIn(url.href, jonas)).rejects.toThrow('fetch failed') // it no longer listens
    expect(session.account()?.person).toEqual(alma)
  })

  it('that ended at the provider keeps the person here, and nothing leaves', async () => {
    await signIn()
    signOutOfTime({ status: 400, error: 'invalid_grant' })
    await expect(renewed()).rejects.toMatchObject({ code: 'auth.required' })
    expect([session.isExpired(), session.account()?.person]).toEqual([true, alma])
    await expect(session.tokenOf(alma.id, null)).rejects.toMatchObject({ code: 'auth.required' })
  })

  it('does not end because the provider is busy', async () => {
    await signIn()
    signOutOfTime({ status: 503, error: 'temporarily_unavailable' })
    await expect(renewed()).rejects.toMatchObject({ code: 'server.unreachable' })
    expect(session.isExpired()).toBe(false)
  })

  it.each([
    ['a page', (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    [
      'another place',
      (response: ServerResponse) => response.writeHead(302, { location: 'https://portal.example' }).end(),
    ],
    [
      'no provider',
      (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/plain' }).end('hello'),
    ],
  ])('says that somebody else stands in the provider’s place when it answers with %s', async (_, answer) => {
    server.behave.instead = ({ url }, response) => {
      if (url.pathname.startsWith('/api/')) return false
      answer(response)
      return true
    }
    await expect(session.signIn()).rejects.toMatchObject({ code: 'server.not-loupe' })
  })

  it('gives its token to its own person only, also when they change places during a renewal', async () => {
    await signIn()
    await expect(session.tokenOf(jonas.id, null)).rejects.toMatchObject({ code: 'auth.required' })
    const asked = renewed().catch((cause: unknown) => cause)
    session.signOut()
    await signIn(jonas)
    expect(await asked).toMatchObject({ code: 'auth.required' })
    expect([session.isExpired(), session.account()?.person]).toEqual([false, jonas])
    expect(await session.tokenOf(jonas.id, null)).toMatch(/^access-/)
  })

  it('renewed while the store is being closed is not lost', async () => {
    await signIn()
    const renewing = renewed()
    await session.close()
    const token = await renewing
    expect(await openSession().tokenOf(alma.id, null)).toBe(token)
  })

  it('learns with the next token that its roles have changed', async () => {
    await signIn()
    server.behave.me = { ...alma, roles: ['it_admin'] }
    await renewed()
    await vi.waitFor(() => expect(session.account()?.person.roles).toEqual(['it_admin']))
    expect(openSession().account()?.person.roles).toEqual(['it_admin'])
  })

  it('many requests at its end renew once', async () => {
    await signIn()
    const tokens = await Promise.all([1, 2, 3].map(() => renewed()))
    expect(new Set(tokens).size).toBe(1)
    expect(server.behave.refreshes).toBe(1)
  })

  it('a refusal that comes after the renewal gets the new token, and renews nothing', async () => {
    await signIn()
    const refused = session.account()?.tokens.access ?? null
    const token = await renewed()
    expect(await session.tokenOf(alma.id, refused)).toBe(token)
    expect(server.behave.refreshes).toBe(1)
  })
})

describe('a key record that cannot be read', () => {
  it('leaves the workstation without a key, and everything as it is', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'loupe-record-'))
    const file = path.join(dataDir, 'key.json')
    writeFileSync(file, '{"guard":"keychain","account":')
    const before = createHash('sha256').update(readFileSync(file)).digest('hex')
    const untouched = vi.fn<() => Promise<never>>(() => Promise.reject(new Error('not to be asked')))
    const keychain: Keychain = { getPassword: untouched, setPassword: untouched, deletePassword: untouched }
    const options = { dataDir, serverUrl: server.url, caFile: server.caFile, version: '0' }
    const seams = { options, clock: systemClock, logger: silentLogger, emit: () => {} }
    const workstation = await startWorkstation(seams, keychain)
    expect(workstation.state().phase).toBe('no-key')
    await expect(workstation.choosePassphrase('quite another one')).rejects.toMatchObject({ code: 'auth.denied' })
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(before)
    expect(untouched).not.toHaveBeenCalled()
    rmSync(dataDir, { recursive: true, force: true })
  })
})
