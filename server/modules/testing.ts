import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 as uuidV7 } from 'uuid'
import type { CreateSession } from '../contract/api/shapes.ts'
import {
  ActionId,
  type IntakeKeyId,
  PersonId,
  PhotoHash,
  PracticeId,
  ReadId,
  SessionId,
} from '../contract/domain/ids.ts'
import type { RecordRead } from '../contract/domain/reads.ts'
import type { Role } from '../contract/domain/roles.ts'
import { type View, VIEWS } from '../contract/domain/views.ts'
import type { PersonPrincipal, Principal } from '../http/handler.ts'
import { systemClock } from '../platform/clock.ts'
import { createTestDatabase, type TestDatabase } from '../platform/database/testing.ts'
import { type Jobs, openJobs } from '../platform/jobs/jobs.ts'
import { silentLogger } from '../platform/logger.ts'
import { openFolderStore } from '../platform/objects/folder/folder-store.ts'
import { objectKeys } from '../platform/objects/objects.ts'
import type { ModuleDeps } from './deps.ts'
import { createHandlers } from './handlers.ts'
import { createIntakeKey } from './intake-keys/service.ts'
import { registerPerson, registerPractice } from './people/service.ts'
import { type ProcessOutcome, processQueuedPhoto } from './scans/process-photo.ts'
import type { Draw } from './second-reads/draw.ts'
import { startWork } from './work.ts'

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

/** The modules on a real PostgreSQL, a real queue and a real folder of objects; only the decoding of pixels is stood in for, and chance: nothing is drawn to be read again. */
export async function startTestServer({ draw = () => false }: { draw?: Draw } = {}) {
  const database = await createTestDatabase()
  const root = await mkdtemp(path.join(tmpdir(), 'loupe-modules-'))
  const secret = randomBytes(32)
  const publicUrl = () => 'https://127.0.0.1:1'
  const objects = await openFolderStore({ root, secret, clock: systemClock, publicUrl })
  const jobs = await openJobs({ url: database.url, log: silentLogger })
  const announced: { practiceId: PracticeId; seq: number }[] = []
  const announce = (practiceId: PracticeId, seq: number) => void announced.push({ practiceId, seq })
  const deps: ModuleDeps = { database, objects, jobs, clock: systemClock, log: silentLogger, announce }
  return {
    database,
    deps,
    announced,
    handlers: createHandlers(deps, { draw }),
    startWork: () => startWork(deps, judgeByFirstByte),
    processNow: (practiceId: PracticeId, hash: PhotoHash) =>
      processQueuedPhoto({ ...deps, processPhoto: judgeByFirstByte }, { practiceId, hash }),
    close: () => closeAll(database, jobs, root),
  }
}

async function closeAll(database: TestDatabase, jobs: Jobs, root: string): Promise<void> {
  await jobs.stop()
  await database.drop()
  await rm(root, { recursive: true, force: true })
}

export const BAD = 0xbb

/** In place of the decoder: bytes that start with BAD are damaged, all others are fine. */
function judgeByFirstByte(bytes: Uint8Array, expected: { hash: PhotoHash; bytes: number }): Promise<ProcessOutcome> {
  if (bytes[0] === BAD) return Promise.resolve({ ok: false, refusal: 'damaged' })
  const hashOf = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')
  if (hashOf(bytes) !== expected.hash) return Promise.resolve({ ok: false, refusal: 'hash-differs' })
  const rendition = { sha256: hashOf(bytes), bytes: bytes.length, widthPx: 4, heightPx: 3 }
  return Promise.resolve({
    ok: true,
    renditions: { '512': bytes, '2048': bytes },
    facts: {
      hash: expected.hash,
      mediaType: 'image/jpeg',
      bytes: bytes.length,
      widthPx: 4,
      heightPx: 3,
      renditions: { '512': rendition, '2048': rendition },
      quality: { sharpness: 1, exposure: 0.5, clipped: 0, score: 1, flags: [] },
      capturedAt: null,
      camera: null,
      hadPosition: false,
    },
  })
}

/** A practice with one clinician, another for each role asked for, and an intake key. */
export async function openPractice(server: TestServer) {
  const id = PracticeId.parse(uuidV7())
  await registerPractice(server.deps, { id, name: `Practice ${id}` })
  const hire = async (...roles: Role[]): Promise<PersonPrincipal> => {
    const personId = PersonId.parse(uuidV7())
    const person = { id: personId, displayName: 'A Person', roles, active: true }
    await registerPerson(server.deps, id, person, { issuer: 'https://issuer', subject: personId })
    return { kind: 'person', practiceId: id, personId, roles }
  }
  const newKey = async (): Promise<{ caller: Principal; secret: string; id: IntakeKeyId }> => {
    const made = await server.database.inPractice(id, (tx) => createIntakeKey(tx, id, 'test', Date.now()))
    const caller = { kind: 'intake', practiceId: id, intakeKeyId: made.key.id } as const
    return { caller, secret: made.secret, id: made.key.id }
  }
  return { id, clinician: await hire('clinician'), key: await newKey(), hire, newKey }
}
export type TestPractice = Awaited<ReturnType<typeof openPractice>>

/** A photo's bytes, new each time; `first` decides how it will be judged. */
export function newPhoto(first = 0x01): { bytes: Uint8Array; hash: PhotoHash } {
  const bytes = new Uint8Array([first, ...randomBytes(40)])
  return { bytes, hash: PhotoHash.parse(createHash('sha256').update(bytes).digest('hex')) }
}

/** What the device's PUT does. */
export async function upload(server: TestServer, practice: TestPractice, photo: { bytes: Uint8Array; hash: string }) {
  await server.deps.objects.put(objectKeys.original(practice.id, photo.hash), photo.bytes, 'image/jpeg')
}

export function newSession(photos: readonly { hash: PhotoHash }[], change: Partial<CreateSession> = {}): CreateSession {
  return {
    sessionId: SessionId.parse(uuidV7()),
    patient: { reference: `P-${randomBytes(4).toString('hex')}` },
    capturedOn: '2024-03-01',
    stage: 4,
    aligners: 'in',
    images: photos.map(({ hash }, i) => ({ view: VIEWS[i % 5] as View, hash, mirrored: 'none' })),
    ...change,
  }
}

/** A session with one good photo, published. */
export async function publishSession(server: TestServer, practice: TestPractice): Promise<CreateSession> {
  const photo = newPhoto()
  await upload(server, practice, photo)
  const session = newSession([photo])
  await create(server, practice.key.caller, session)
  await server.processNow(practice.id, photo.hash)
  return session
}

export function create(server: TestServer, caller: Principal, body: CreateSession) {
  return server.handlers['scans.createSession']({ body, params: undefined, query: undefined }, caller)
}

export function newRead(sessionId: SessionId, change: Partial<RecordRead> = {}): RecordRead {
  return {
    readId: ReadId.parse(uuidV7()),
    actionId: ActionId.parse(uuidV7()),
    sessionId,
    sessionVersion: 1,
    overallTracking: 1,
    alignerFit: 1,
    oralHygiene: 2,
    aligners: 'in',
    detailTags: [],
    action: { kind: 'approve_progression', toStage: 5 },
    notes: '',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    readAtMs: 1,
    ...change,
  }
}
