import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readSamplePatients } from '../plan/patients.ts'
import { planPractice, type PlannedSession } from '../plan/plan.ts'
import { DRAWN_SIZE } from '../render/develop.ts'
import type { SizePx } from '../render/scene.ts'
import { describeSession } from '../truth/describe.ts'
import { sessionFolder, sessionKey } from './folders.ts'
import { manifestOf } from './manifest.ts'
import { openPhotoPool, type PhotoPool } from './pool.ts'
import { readProgress, writeJson } from './progress.ts'

export type SeedOptions = {
  readonly out: string
  readonly today: string
  readonly threads: number
  /** Size that is worked out in 3D; smaller is quicker and softer. */
  readonly drawn?: SizePx
  /** Keep the photos after they were published. */
  readonly keep: boolean
  /** At most this many sessions; all when undefined. */
  readonly limit?: number
  /** Publishes one manifest; absent: only make the photos. */
  readonly send?: (manifest: string) => Promise<void>
  readonly onPublished: (event: { event: 'published'; sessions: number; of: number }) => void
  readonly say: (line: string) => void
}

/** The first session alone, so that something is there within seconds; then a few at a time. */
const BATCH_SESSIONS = 3

type Numbered = { readonly session: PlannedSession; readonly index: number }

/** Makes and publishes every session that was not published yet, newest first. The next batch is drawn while one is sent. */
export async function seedPractice(options: SeedOptions): Promise<void> {
  mkdirSync(options.out, { recursive: true })
  const progress = readProgress(options.out, options.today)
  const plan = planPractice(readSamplePatients(), progress.today).slice(0, options.limit)
  const done = new Set(progress.published)
  const open = plan
    .map((session, index) => ({ session, index }))
    .filter(({ session }) => !done.has(sessionKey(session)))
  const pool = openPhotoPool(
    { today: progress.today, out: options.out, drawn: options.drawn ?? DRAWN_SIZE },
    options.threads,
  )
  try {
    await runBatches(open, done, plan.length, progress.today, pool, options)
  } finally {
    await pool.close()
  }
  writeJson(path.join(options.out, 'seeded.json'), { formatVersion: 1, today: progress.today, sessions: [...done] })
}

async function runBatches(
  open: readonly Numbered[],
  done: Set<string>,
  of: number,
  today: string,
  pool: PhotoPool,
  options: SeedOptions,
): Promise<void> {
  const batches = splitBatches(open, done.size === 0)
  let sending: Promise<void> = Promise.resolve()
  for (const batch of batches) {
    const made = drawBatch(batch, pool, options)
    // Both at once: a failure of either ends the run, and neither is left unwatched.
    await Promise.all([made, sending])
    sending = publishBatch(batch, done, of, today, options)
  }
  await sending
}

function splitBatches(open: readonly Numbered[], first: boolean): Numbered[][] {
  const batches: Numbered[][] = first && open.length > 0 ? [open.slice(0, 1)] : []
  for (let i = batches.length; i < open.length; i += BATCH_SESSIONS) batches.push(open.slice(i, i + BATCH_SESSIONS))
  return batches
}

async function drawBatch(batch: readonly Numbered[], pool: PhotoPool, options: SeedOptions): Promise<void> {
  await Promise.all(
    batch.map(async ({ session, index }) => {
      const photos = await Promise.all(session.photos.map((_, photo) => pool.make(index, photo)))
      writeJson(path.join(sessionFolder(options.out, session), 'truth.json'), describeSession(session, photos))
      options.say(`drawn: session ${index + 1}, ${photos.length} photos`)
    }),
  )
}

async function publishBatch(
  batch: readonly Numbered[],
  done: Set<string>,
  of: number,
  today: string,
  options: SeedOptions,
): Promise<void> {
  const sessions = batch.map(({ session }) => session)
  const manifest = path.join(options.out, `batch-${String(batch[0]?.index ?? 0).padStart(3, '0')}.csv`)
  writeFileSync(manifest, manifestOf(sessions))
  await options.send?.(manifest)
  for (const session of sessions) done.add(sessionKey(session))
  writeJson(path.join(options.out, 'progress.json'), { formatVersion: 1, today, published: [...done] })
  if (!options.keep) for (const session of sessions) removePhotos(options.out, session)
  options.onPublished({ event: 'published', sessions: done.size, of })
}

/** The truth stays; only the photos go, which the server now holds. */
function removePhotos(out: string, session: PlannedSession): void {
  for (const photo of session.photos)
    rmSync(path.join(sessionFolder(out, session), `${photo.view}.jpg`), { force: true })
}
