import type { PhotoHash, PracticeId } from '../../contract/domain/ids.ts'
import { type PhotoFacts, type PhotoRefusal, RENDITION_EDGES_PX } from '../../contract/domain/photos.ts'
import { objectKeys } from '../../platform/objects/objects.ts'
import type { JobData } from '../../platform/jobs/queues.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { writeInPractice } from '../sync/service.ts'
import { mayBeSentAgain } from './policy.ts'
import { publishIfDecided, publishReplaced } from './publish.ts'
import { listPhotos, lockPhotos, savePhoto } from './photo-repository.ts'
import { lockSessionsWith } from './repository.ts'

type Rendered = { readonly [Edge in `${(typeof RENDITION_EDGES_PX)[number]}`]: Uint8Array }
export type ProcessOutcome =
  | { readonly ok: true; readonly facts: PhotoFacts; readonly renditions: Rendered }
  | { readonly ok: false; readonly refusal: PhotoRefusal }
/** Pure verification and rendering: the photos module. */
export type ProcessPhoto = (bytes: Uint8Array, expected: { hash: PhotoHash; bytes: number }) => Promise<ProcessOutcome>

type Deps = Pick<ModuleDeps, 'database' | 'objects' | 'clock' | 'announce' | 'log'> & {
  readonly processPhoto: ProcessPhoto
}

/** The job `photo.process`. Running it twice does the work at most twice and decides once. */
export async function processQueuedPhoto(deps: Deps, { practiceId, hash }: JobData<'photo.process'>): Promise<void> {
  const [photo] = await deps.database.inPractice(practiceId, (tx) => listPhotos(tx, practiceId, [hash]))
  if (photo?.state !== 'processing') return
  const key = objectKeys.original(practiceId, hash)
  if ((await deps.objects.head(key)) === undefined) return awaitAgain(deps, practiceId, hash)
  const original = await deps.objects.get(key)
  const outcome = await deps.processPhoto(original, { hash, bytes: photo.announcedBytes ?? original.byteLength })
  if (outcome.ok) {
    for (const edgePx of RENDITION_EDGES_PX) {
      const at = objectKeys.rendition(practiceId, hash, edgePx)
      await deps.objects.put(at, outcome.renditions[`${edgePx}`], 'image/jpeg')
    }
  } else {
    deps.log.info('photo.refused', { photo: hash, refusal: outcome.refusal })
    // Not the announced bytes: they would stand in the way of the right ones, for nothing is ever overwritten.
    if (mayBeSentAgain(outcome.refusal)) await deps.objects.delete(key)
  }
  await decidePhoto(deps, practiceId, hash, outcome)
}

/** All retries failed: the photo is refused, so that its session's other photos are seen, and may be sent again. */
export async function giveUpPhoto(deps: Deps, { practiceId, hash }: JobData<'photo.process'>): Promise<void> {
  await decidePhoto(deps, practiceId, hash, { ok: false, refusal: 'took-too-long' })
}

async function awaitAgain(deps: Deps, practiceId: PracticeId, hash: PhotoHash): Promise<void> {
  await deps.database.inPractice(practiceId, async (tx) => {
    const [photo] = await lockPhotos(tx, practiceId, [hash])
    if (photo?.state === 'processing') await savePhoto(tx, practiceId, hash, { state: 'awaiting-upload' })
  })
}

/** Writes the verdict; publishes every session that waited for this photo alone, and anew one that had it refused. */
async function decidePhoto(deps: Deps, practiceId: PracticeId, hash: PhotoHash, outcome: Verdict): Promise<void> {
  await writeInPractice(deps, practiceId, async (tx, feed) => {
    const [photo] = await lockPhotos(tx, practiceId, [hash])
    if (photo?.state !== 'processing') return
    const nowMs = deps.clock.nowMs()
    await savePhoto(tx, practiceId, hash, {
      ...(outcome.ok
        ? { state: 'ready', facts: JSON.stringify(outcome.facts) }
        : { state: 'refused', refusal: outcome.refusal }),
      decided_at_ms: nowMs,
    })
    for (const session of await lockSessionsWith(tx, practiceId, hash)) {
      if (session.published_at_ms === null) await publishIfDecided(tx, feed, practiceId, session, nowMs)
      else await publishReplaced(tx, feed, practiceId, session)
    }
    const subject = { photo: hash, ...(outcome.ok ? {} : { refusal: outcome.refusal }) }
    await appendAudit(tx, practiceId, null, nowMs, { action: 'photo.process', outcome: 'done', subject })
  })
}

type Verdict =
  | { readonly ok: true; readonly facts: PhotoFacts }
  | { readonly ok: false; readonly refusal: PhotoRefusal }
