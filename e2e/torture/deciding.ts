import { v7 } from 'uuid'
import { RecordRead } from '../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../server/contract/domain/sessions.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Clinician } from './clinician.ts'
import type { Random } from './random.ts'
import type { Story } from './story.ts'

const EVERY_MS = 150

export type Deciding = {
  /** So many more, at once. */
  burst(count: number): void
  /** One more; resolves once it and all before it have their answer. */
  answered(): Promise<void>
  /** Refusals by a living workstation, each a sentence: there should be none. */
  refusals(): string[]
  /** Resolves once every decision has its answer, or its process has ended. */
  stop(): Promise<void>
}
type Seams = {
  readonly clinician: Clinician
  readonly sessions: readonly ScanSession[]
  readonly random: Random
  readonly story: Story
}

/** A clinician who never tires: a decision at a steady pace, whenever there is a workstation to decide on. */
export function startDeciding({ clinician, sessions, random, story }: Seams): Deciding {
  const refusals: string[] = []
  const open = new Set<Promise<void>>()
  const decideOne = () => {
    if (!clinician.isUp()) return
    const asked = clinician.decide(aDecision(random.pick(sessions), random)).catch((cause: unknown) => {
      const sentence = `a decision was refused: ${cause instanceof AppError ? cause.code : String(cause)}`
      story.tell(sentence)
      refusals.push(sentence)
    })
    open.add(asked)
    void asked.then(() => open.delete(asked))
  }
  const timer = setInterval(decideOne, EVERY_MS)
  return {
    burst: (count) => {
      for (let left = count; left > 0; left--) decideOne()
    },
    answered: async () => {
      decideOne()
      await Promise.all(open)
    },
    refusals: () => refusals,
    stop: async () => {
      clearInterval(timer)
      await Promise.all(open)
    },
  }
}

function aDecision(session: ScanSession, random: Random): RecordRead {
  const score = () => random.pick([1, 2, 3])
  return RecordRead.parse({
    readId: v7(),
    actionId: v7(),
    sessionId: session.id,
    sessionVersion: session.version,
    overallTracking: score(),
    alignerFit: score(),
    oralHygiene: score(),
    aligners: 'in',
    detailTags: [],
    action: random.next() < 0.5 ? { kind: 'none' } : { kind: 'hold_aligner', days: 3 },
    notes: '',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    readAtMs: Date.now(),
  })
}
