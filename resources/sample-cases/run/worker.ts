import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import sharp from 'sharp'
import { readSamplePatients } from '../plan/patients.ts'
import { planPractice } from '../plan/plan.ts'
import { developPhoto } from '../render/develop.ts'
import { FULL_SIZE } from '../render/scene.ts'
import { describePhoto } from '../truth/describe.ts'
import type { PhotoDone, PhotoJob, WorkerStart } from './messages.ts'
import { sessionFolder } from './folders.ts'

/** One of two threads that make photos. One core each: sharp may not spread out further. */
sharp.concurrency(1)
// Set by `pool.ts`, which starts this file with exactly this shape.
const start = workerData as WorkerStart
const plan = planPractice(readSamplePatients(), start.today)

async function makePhoto(job: PhotoJob): Promise<PhotoDone> {
  const session = plan[job.session]
  const photo = session?.photos[job.photo]
  if (session === undefined || photo === undefined) return { id: job.id, failed: 'not in the plan' }
  const { jpeg, rendered } = await developPhoto(photo, FULL_SIZE, start.drawn)
  const folder = sessionFolder(start.out, session)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, `${photo.view}.jpg`), jpeg)
  return { id: job.id, truth: describePhoto(photo, rendered) }
}

async function answer(job: PhotoJob): Promise<void> {
  const done = await makePhoto(job).catch((error: unknown) => ({
    id: job.id,
    failed: error instanceof Error ? error.message : 'unknown',
  }))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window's
  parentPort?.postMessage(done)
}

parentPort?.on('message', (job: PhotoJob) => void answer(job))
