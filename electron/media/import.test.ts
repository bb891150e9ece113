import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ImportProgress, StartImport } from '../../preload/contract/import.ts'
import { CreateSession, type SessionProgress } from '../../server/contract/api/shapes.ts'
import { createHttpsClient, type HttpsClient } from '../platform/https-client.ts'
import { silentLogger } from '../platform/logger.ts'
import { createServerApi } from '../platform/server-api.ts'
import { answerJson, type Handle, startTestServer } from '../platform/testing-server.ts'
import { listImports } from '../store/imports/imports.ts'
import { aPerson, openTestStore } from '../store/testing.ts'
import { type ImportRunner, startImportRunner } from './import-runner.ts'
import { openSealedFolder } from './sealed-folder.ts'
import { openStaging, type Staging } from './staging.ts'

type Step = 'uploadUrl' | 'put' | 'create' | 'progress'
const STEPS: readonly Step[] = ['uploadUrl', 'put', 'create', 'progress']
const WEEK_MS = 7 * 24 * 60 * 60 * 1000
const person = aPerson()
const jpeg = (text: string) => Buffer.from(`\u00ff\u00d8\u00ff\u00e0 JFIF ${text}`, 'latin1')

let store: ReturnType<typeof openTestStore>
let server: Awaited<ReturnType<typeof startTestServer>>
let http: HttpsClient
let staging: Staging
let runner: ImportRunner
let told: EventEmitter
/** What the server holds: bytes by hash, sessions by id. */
let objects: Map<string, string>
let sessions: Map<string, CreateSession>
let puts: string[]
const behave = {
  /** Answers a step instead of the server. */
  instead: {} as Partial<Record<Step, Handle>>,
  refused: new Set<string>(),
  personId: person.id as string,
  nowMs: 18e11,
}

beforeEach(async () => {
  store = openTestStore(randomBytes(32))
  told = new EventEmitter()
  objects = new Map()
  sessions = new Map()
  puts = []
  Object.assign(behave, { instead: {}, refused: new Set(), personId: person.id, nowMs: 18e11 })
  server = await startTestServer((request, response) => {
    const step = stepOf(request.method, request.url.pathname)
    const handle = behave.instead[step] ?? ANSWERS[step]
    handle(request, response)
  })
  http = createHttpsClient(server.caFile)
  const clock = { nowMs: () => behave.nowMs }
  staging = openStaging({
    db: store.db,
    clock,
    folder: openSealedFolder(path.join(store.folder, 'staging'), store.key),
  })
  start()
})
afterEach(async () => {
  await end()
  server.stop()
  store.remove()
})

function start(): void {
  http = createHttpsClient(server.caFile)
  runner = startImportRunner({
    db: store.db,
    staging,
    http,
    serverUrl: server.url,
    clock: { nowMs: () => behave.nowMs },
    logger: silentLogger,
    apiOf: () => createServerApi(http, server.url, async () => 'token'),
    personId: () => behave.personId,
    isSignInExpired: () => false,
    onProgress: (progress) => told.emit('told', progress),
  })
}
/** As a kill leaves it: what is under way is cut off, and nothing is written any more. */
async function end(): Promise<void> {
  const stopped = runner.stop()
  await http.close()
  await stopped
}

function stepOf(method: string, pathname: string): Step {
  if (method === 'PUT') return 'put'
  if (pathname.endsWith('/upload-url')) return 'uploadUrl'
  return method === 'POST' ? 'create' : 'progress'
}
const ANSWERS: Record<Step, Handle> = {
  uploadUrl: ({ body }, response) => {
    const { hash } = body as { hash: string } // what the runner sent
    const already = objects.has(hash)
    const address = { url: `/objects/${hash}`, method: 'PUT', headers: {}, expiresAtMs: 19e11 }
    answerJson(response, 200, already ? { already } : { already, ...address })
  },
  put: ({ url, body }, response) => {
    const hash = url.pathname.split('/').at(-1) ?? ''
    puts.push(hash)
    objects.set(hash, String(body))
    response.end()
  },
  create: ({ body }, response) => {
    const wanted = CreateSession.parse(body)
    const known = sessions.get(wanted.sessionId)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(wanted))
      return answerJson(response, 409, { code: 'conflict.exists', detail: {} })
    sessions.set(wanted.sessionId, wanted)
    answerJson(response, 200, progressOf(wanted.sessionId))
  },
  progress: ({ url }, response) => answerJson(response, 200, progressOf(url.pathname.split('/').at(-1) ?? '')),
}
function progressOf(id: string): SessionProgress {
  const session = sessions.get(id)
  if (session === undefined) throw new Error('no such session')
  const images = session.images.map(({ view, hash }) =>
    behave.refused.has(hash)
      ? { view, hash, state: 'refused' as const, refusal: 'truncated' as const }
      : { view, hash, state: 'ready' as const, refusal: null },
  )
  const isPublished = images.some((image) => image.state === 'ready')
  return {
    sessionId: session.sessionId,
    patientId: v7() as SessionProgress['patientId'],
    state: isPublished ? 'published' : 'processing',
    images,
    session: null,
  }
}

const VIEWS = ['frontal', 'buccal_left', 'buccal_right'] as const
async function stageAll(...texts: readonly string[]): Promise<StartImport> {
  const staged = await Promise.all(texts.map((text) => staging.stage({ name: `${text}.jpg`, bytes: jpeg(text) })))
  const images = staged.map(({ hash }, index) => ({ view: VIEWS[index], hash, mirrored: 'none' }))
  const patient = { reference: 'N-1' }
  return StartImport.parse({ sessionId: v7(), patient, capturedOn: '2026-05-01', stage: 3, aligners: 'in', images })
}
const until = (sessionId: string, isSo: (progress: ImportProgress) => boolean) =>
  new Promise<ImportProgress>((resolve) => {
    const look = (progress: ImportProgress) => {
      if (progress.sessionId !== sessionId || !isSo(progress)) return
      told.off('told', look)
      resolve(progress)
    }
    told.on('told', look)
  })
const published = (sessionId: string) => until(sessionId, ({ state }) => state === 'published')
const stagedFiles = () =>
  readdirSync(path.join(store.folder, 'staging'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())

describe('an import', () => {
  it('sends the bytes as they were and leaves nothing on this disk', async () => {
    const request = await stageAll('one', 'two')
    const done = published(request.sessionId)
    expect(runner.start(request).state).toBe('waiting')
    expect((await done).images.map((image) => image.state)).toEqual(['ready', 'ready'])
    expect([...objects.values()].toSorted()).toEqual([jpeg('one'), jpeg('two')].map((b) => b.toString('latin1')))
    await vi.waitFor(() => expect(stagedFiles()).toEqual([]))
    expect(staging.has(request.images[0]?.hash ?? '')).toBe(false)
  })

  it.each(STEPS)('goes on after a kill while the server is at %s, and nothing is doubled', async (step) => {
    const request = await stageAll('one', 'two')
    const reached = Promise.withResolvers<void>()
    behave.instead = {
      [step]: ((...[asked, response]) => {
        if (step !== 'uploadUrl') ANSWERS[step](asked, Object.assign(response, { end: () => response })) // done, unsaid
        reached.resolve()
      }) satisfies Handle,
    }
    runner.start(request)
    await reached.promise
    await end()
    behave.instead = {}
    const done = published(request.sessionId)
    start()
    await done
    expect([...sessions.keys()]).toEqual([request.sessionId])
    expect(puts.toSorted()).toEqual(request.images.map((image) => image.hash).toSorted())
    expect(listImports(store.db)).toHaveLength(1)
  })

  it('with a photo that the server refuses publishes the others', async () => {
    const request = await stageAll('one', 'bad', 'three')
    behave.refused.add(request.images[1]?.hash ?? '')
    const done = published(request.sessionId)
    runner.start(request)
    const { images } = await done
    expect(images.map(({ state, refusal }) => [state, refusal])).toEqual([
      ['ready', null],
      ['refused', 'truncated'],
      ['ready', null],
    ])
  })

  it('with a photo that is lost from this disk, or that the object store will not take, goes on without it', async () => {
    const request = await stageAll('one', 'two', 'three')
    const [, file] = stagedFiles()
    if (file !== undefined) rmSync(path.join(file.parentPath, file.name))
    const done = published(request.sessionId)
    runner.start(request)
    const { images } = await done
    expect(images.map((image) => image.refusal).filter((refusal) => refusal !== null)).toEqual(['damaged'])
    expect(sessions.get(request.sessionId)?.images).toHaveLength(2)
  })

  it('of which nothing can be used has failed, and says why', async () => {
    const request = await stageAll('bad')
    behave.refused.add(request.images[0]?.hash ?? '')
    const failed = until(request.sessionId, ({ state }) => state === 'failed')
    runner.start(request)
    expect((await failed).images[0]?.refusal).toBe('truncated')
  })

  it('that cannot go on does not hold up the next one', async () => {
    const stuck = await stageAll('one')
    const fine = await stageAll('two')
    behave.instead.create = (asked, response) => {
      const isStuck = (asked.body as { sessionId: string }).sessionId === stuck.sessionId
      if (isStuck) answerJson(response, 500, { code: 'internal', detail: {} })
      else ANSWERS.create(asked, response)
    }
    const done = published(fine.sessionId)
    runner.start(stuck)
    runner.start(fine)
    await done
    expect(listImports(store.db).find(({ sessionId }) => sessionId === stuck.sessionId)?.state).toBe('uploading')
  })

  it('keeps the bytes that another import still needs', async () => {
    const first = await stageAll('one')
    const second = await stageAll('one')
    objects.set(first.images[0]?.hash ?? '', 'there already') // neither waits for an upload
    const waits = Promise.withResolvers<void>()
    behave.instead.create = (asked, response) => {
      const isSecond = (asked.body as { sessionId: string }).sessionId === second.sessionId
      if (isSecond) void waits.promise.then(() => ANSWERS.create(asked, response))
      else ANSWERS.create(asked, response)
    }
    const [firstDone, secondDone] = [published(first.sessionId), published(second.sessionId)]
    runner.start(first)
    runner.start(second)
    await firstDone
    expect(stagedFiles()).toHaveLength(1)
    waits.resolve()
    await secondDone
    await vi.waitFor(() => expect(stagedFiles()).toEqual([]))
  })

  it("waits for its own author's sign-in", async () => {
    const request = await stageAll('one')
    behave.instead.uploadUrl = (_request, response) => response.destroy()
    runner.start(request)
    await end()
    behave.instead = {}
    behave.personId = aPerson('Dr Other').id
    start()
    const theirs = await stageAll('two')
    const done = published(theirs.sessionId)
    runner.start(theirs)
    await done
    expect(puts).toEqual([theirs.images[0]?.hash])
    expect(listImports(store.db)).toHaveLength(2)
  })

  it('started twice is one; unknown photos and a view named twice are refused at once', async () => {
    const request = await stageAll('one', 'two')
    const done = published(request.sessionId)
    runner.start(request)
    runner.start(request)
    await done
    expect(puts).toHaveLength(2)
    const again = { ...(await stageAll('three', 'four')), sessionId: v7() as StartImport['sessionId'] }
    const [first, second] = again.images
    const twice = first === undefined || second === undefined ? [] : [first, { ...second, view: first.view }]
    expect(() => runner.start({ ...again, images: twice })).toThrow('input.invalid')
    await staging.forget(again.images.map((image) => image.hash))
    expect(() => runner.start(again)).toThrow('not-found')
  })
})

describe('a staged photo', () => {
  it('is kept once, and named when it is no photo', async () => {
    await stageAll('one')
    await stageAll('one')
    expect(stagedFiles()).toHaveLength(1)
    const text = await staging.stage({ name: 'notes-frontal.txt', bytes: Buffer.from('hello') })
    expect(text).toMatchObject({ mediaType: null, refusal: 'not-a-photo', guessedView: 'frontal' })
    expect(stagedFiles()).toHaveLength(1)
  })

  it('that nobody imports is forgotten after a week, and one that waits for the server is not', async () => {
    behave.instead.uploadUrl = (_request, response) => response.destroy()
    const wanted = await stageAll('one')
    runner.start(wanted)
    await stageAll('two')
    behave.nowMs += WEEK_MS - 1
    await staging.forgetOld()
    expect(stagedFiles()).toHaveLength(2)
    behave.nowMs += 2
    await staging.forgetOld()
    expect(stagedFiles()).toHaveLength(1)
    expect(staging.has(wanted.images[0]?.hash ?? '')).toBe(true)
  })
})
