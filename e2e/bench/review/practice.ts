import { createHash } from 'node:crypto'
import path from 'node:path'
import { spawnDataChild } from '../../../electron/data/testing/data-child.ts'
import { startTinyPractice } from '../../../electron/data/testing/tiny-practice.ts'
import { openSealedFolder } from '../../../electron/media/sealed-folder.ts'
import { unlockWithPassphrase } from '../../../electron/platform/key-guard.ts'
import { findKeyRecord } from '../../../electron/platform/key-record.ts'
import { workstationPaths } from '../../../electron/platform/paths.ts'
import { write } from '../../../electron/store/db.ts'
import { openStore } from '../../../electron/store/open.ts'
import { markCached } from '../../../electron/store/photos/cached.ts'
import { aDecision, aPatient, aPerson, aSession, hashOf } from '../../../electron/store/testing.ts'
import type { Person } from '../../../server/contract/domain/people.ts'
import type { PhotoSize } from '../../../server/contract/domain/photos.ts'
import { recordRead } from '../../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { VIEWS } from '../../../server/contract/domain/views.ts'
import type { BenchPhoto } from './photos.ts'

export const PASSPHRASE = 'correct horse battery'
const NOW_MS = Date.now()
const DAY_MS = 86_400_000

/** The photos of one scan and of the scan before it, in the order of a montage of pairs. */
export type BenchCase = { readonly sessionId: string; readonly hashes: readonly string[] }
export type BenchPractice = {
  readonly serverUrl: string
  readonly caFile: string
  readonly dataDir: string
  /** In the order in which the queue hands them out: the longest waiting first. */
  readonly cases: readonly BenchCase[]
  stop(): void
}

type Visit = { readonly session: ScanSession; readonly photos: readonly BenchPhoto[] }

/**
 * A workstation with `count` patients, a scan and an earlier scan of five photos each, all of them in its encrypted
 * cache. Rows come by the real sync from a stand-in for the server; the photo files are written with the workstation's
 * own key, since what is measured begins on its disk.
 */
export async function seedPractice(folder: string, photos: readonly BenchPhoto[], count: number, originals: number) {
  const reader = aPerson('Dr Alma Reyes')
  const patients = Array.from({ length: count }, (_, i) => {
    const patient = aPatient({ familyName: `Bench${String(i).padStart(4, '0')}`, givenName: 'Case' })
    return {
      patient,
      current: makeVisit(patient.id, i, 0, count, photos),
      prior: makeVisit(patient.id, i, 1, count, photos),
    }
  })
  const rows = [
    { entity: 'person' as const, id: reader.id, body: reader },
    ...patients.flatMap(({ patient, current, prior }) => [
      { entity: 'patient' as const, id: patient.id, body: patient },
      ...[prior, current].map(({ session }) => ({ entity: 'session' as const, id: session.id, body: session })),
      ...readOf(prior.session, reader),
    ]),
  ]
  const server = await startTinyPractice([reader], rows, [])
  const place = { dataDir: path.join(folder, 'workstation'), serverUrl: server.url, caFile: server.caFile }
  await copyRows(place, server.signIn, reader)
  await fillCache(place.dataDir, patients, originals)
  const cases: BenchCase[] = patients.map(({ current, prior }) => ({
    sessionId: current.session.id,
    hashes: [prior, current].flatMap(({ session }) => session.images.flatMap((image) => image.photo?.hash ?? [])),
  }))
  return { ...place, cases, stop: server.stop } satisfies BenchPractice
}

function makeVisit(patientId: string, at: number, age: 0 | 1, count: number, photos: readonly BenchPhoto[]): Visit {
  const own = VIEWS.map((_, v) => photos[(at * 3 + v * 2 + age) % photos.length]).filter((one) => one !== undefined)
  const images = VIEWS.map((view, v) => {
    const key = `${patientId} ${view} ${age}`
    return { view, mirrored: 'none', refusal: null, photo: factsOf(key, own[v]) }
  })
  const capturedMs = NOW_MS - age * 28 * DAY_MS - DAY_MS
  const session = aSession(patientId, {
    images,
    capturedOn: new Date(capturedMs).toISOString().slice(0, 10),
    submittedAtMs: capturedMs - (count - at) * 1000,
    stage: 5 - age,
  })
  return { session, photos: own }
}

function factsOf(key: string, photo: BenchPhoto | undefined) {
  if (photo === undefined) throw new Error('no photos were made')
  const rendition = (size: '512' | '2048') => {
    const { bytes, widthPx, heightPx } = photo[size]
    return { sha256: hashOf(`${key} ${size}`), bytes: bytes.length, widthPx, heightPx }
  }
  return {
    hash: createHash('sha256').update(key).digest('hex'),
    mediaType: 'image/jpeg',
    bytes: photo.original.bytes.length,
    widthPx: photo.original.widthPx,
    heightPx: photo.original.heightPx,
    renditions: { '512': rendition('512'), '2048': rendition('2048') },
    quality: { sharpness: 0.9, exposure: 0.5, clipped: 0, score: 0.9, flags: [] },
    capturedAt: null,
    camera: null,
    hadPosition: false,
  }
}

/** The earlier scan was decided, so that only the newer one waits. */
function readOf(session: ScanSession, reader: Person) {
  const { read, action } = recordRead(
    aDecision(session),
    { session, reads: [], winner: undefined },
    { personId: reader.id, nowMs: session.submittedAtMs + 1000 },
  )
  return [
    { entity: 'read' as const, id: read.readId, body: read },
    { entity: 'action' as const, id: action.id, body: action },
  ]
}

type Place = { readonly dataDir: string; readonly serverUrl: string; readonly caFile: string }

async function copyRows(place: Place, signIn: (url: string, person: Person) => Promise<number>, reader: Person) {
  const child = spawnDataChild(place)
  await child.ready()
  await child.call('app.choosePassphrase', { passphrase: PASSPHRASE })
  const { url } = await child.call('session.signIn', null)
  await signIn(url, reader)
  await child.until(async () => (await child.call('sync.status', null)).lastSyncedAtMs !== null)
  await child.stop()
}

async function fillCache(
  dataDir: string,
  patients: readonly { readonly current: Visit; readonly prior: Visit }[],
  originals: number,
) {
  const paths = workstationPaths(dataDir)
  const record = await findKeyRecord(paths.keyRecord)
  if (record?.guard !== 'passphrase') throw new Error('the workstation has no passphrase')
  const key = await unlockWithPassphrase(record, PASSPHRASE)
  const folder = openSealedFolder(paths.photos, key)
  const db = openStore(paths.store, key)
  for (const [i, { current, prior }] of patients.entries()) {
    const sizes: PhotoSize[] = i < originals ? ['512', '2048', 'original'] : ['512', '2048']
    const files = [prior, current].flatMap(({ session, photos }) =>
      session.images.flatMap((image, v) =>
        sizes.map((size) => ({
          hash: image.photo?.hash ?? '',
          size,
          bytes: photos[v]?.[size].bytes ?? Buffer.alloc(0),
        })),
      ),
    )
    await Promise.all(files.map(({ hash, size, bytes }) => folder.save([hash, size], bytes)))
    write(db, (tx) => files.forEach(({ hash, size, bytes }) => markCached(tx, { hash, size }, bytes.length, NOW_MS)))
  }
  db.close()
}
