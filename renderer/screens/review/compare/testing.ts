import type { Alignment, PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { PhotoHash } from '../../../../server/contract/domain/ids.ts'
import type { View } from '../../../../server/contract/domain/views.ts'
import { makeFakeBridge } from '../../../ports/fake-bridge.ts'

const hash = (letter: string) => PhotoHash.parse(letter.repeat(64))

export function pairNamed(current: string, prior: string, view: View = 'frontal'): PhotoPair {
  return { current: hash(current), prior: hash(prior), view }
}

/** A prior a tenth larger, shifted by a twentieth. */
export const ENLARGED = [1.1, 0, 0, 0, 1.1, 0.05, 0, 0, 1]

export function alignedAs(pair: PhotoPair, change: Partial<Alignment> = {}): Alignment {
  return {
    pair,
    recipe: 1,
    verdict: 'aligned',
    reason: null,
    confidence: 0.94,
    transform: ENLARGED,
    arch: 'both',
    isGuarded: true,
    turnedDeg: 0,
    tookMs: 1,
    ...change,
  }
}

/** The newest case of the made-up practice's patient `at`. */
export async function makeCase(at = 0): Promise<ReviewCase> {
  const fake = makeFakeBridge({ sessionCount: 14 })
  const patient = fake.practice.patients[at]
  const session = fake.practice.sessions.findLast((one) => one.patientId === patient?.id)
  const reply = await fake.call('review.open', { sessionId: session?.id })
  if (!reply.ok) throw new Error(reply.code)
  return reply.value as ReviewCase // what the contract's schema has just made
}
