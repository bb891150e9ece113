import type { OtherSide } from './align-features.ts'
import { alignPair } from './align-pair.ts'
import { createFeatureCache } from './feature-cache.ts'
import { type PhotoFeatures, prepareFeatures } from './features.ts'
import type { AlignAnswer, AlignQuestion, SidePhoto } from './messages.ts'
import { openCv } from './load-open-cv.ts'
import type { OpenCv } from './open-cv.ts'
import { readPixels } from './read-pixels.ts'
import { warpPrior } from './warp-prior.ts'

/** About 1.3 MB each. Three scans of five views with their priors: a case's pairs follow each other. */
const KEPT_PHOTOS = 30
const features = createFeatureCache<PhotoFeatures>(KEPT_PHOTOS)
const opened = openCv()

/** Entry of the aligning worker: answers each question once, in the order of asking. */
const line = { last: Promise.resolve() }
self.addEventListener('message', (event: MessageEvent<AlignQuestion>) => {
  line.last = line.last.then(() => answerQuestion(event.data)).catch(failLoudly)
})

/** Nothing here is expected to fail but OpenCV itself: the window hears of it as the worker's own error. */
function failLoudly(error: unknown) {
  queueMicrotask(() => {
    throw error
  })
}

async function answerQuestion(question: AlignQuestion): Promise<void> {
  const { cv } = await opened
  if (question.kind === 'align') return answerAlign(cv, question)
  const prior = await readPixels(question.url, question.size.widthPx)
  if (typeof prior === 'string') return post({ kind: 'warped', id: question.id, bitmap: prior }, [])
  const { data, widthPx, heightPx } = warpPrior(cv, prior, question.transform, question.size)
  const bitmap = await createImageBitmap(new ImageData(new Uint8ClampedArray(data), widthPx, heightPx))
  return post({ kind: 'warped', id: question.id, bitmap }, [bitmap])
}

async function answerAlign(cv: OpenCv, { id, pair, urls }: AlignQuestion & { kind: 'align' }): Promise<void> {
  const isHere = (await learn(cv, pair.current, urls.current)) && (await learn(cv, pair.prior, urls.prior))
  const otherSide = isHere ? await findOtherSide(cv, urls.otherSides) : undefined
  const photos = { current: features.find(pair.current), prior: features.find(pair.prior), otherSide }
  post({ kind: 'aligned', id, alignment: isHere ? alignPair(cv, pair, photos) : 'absent' }, [])
}

/** It only guards the answer: a pair without one is lined up all the same, and says so. */
async function findOtherSide(cv: OpenCv, sides: readonly SidePhoto[]): Promise<OtherSide | undefined> {
  for (const { of, hash, url } of sides) {
    await learn(cv, hash, url)
    const photo = features.find(hash)
    if (photo !== undefined) return { of, photo }
  }
  return undefined
}

/** @returns false when the photo is not on this computer yet */
async function learn(cv: OpenCv, hash: string, url: string): Promise<boolean> {
  if (features.has(hash)) return true
  const pixels = await readPixels(url)
  if (pixels === 'absent') return false
  // No photo: that is remembered too, and answered with `unreadable`.
  features.save(hash, pixels === 'broken' ? undefined : prepareFeatures(cv, pixels))
  return true
}

function post(answer: AlignAnswer, transfer: Transferable[]) {
  self.postMessage(answer, { transfer })
}
