/** For tests beside this folder only: one made-up case, with whatever a test needs otherwise. */
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { makeFakePractice } from '../../../ports/fake-practice.ts'

const NOW_MS = Date.UTC(2026, 7, 17, 10)

export function caseWith(change: Partial<ReviewCase> = {}): ReviewCase {
  const practice = makeFakePractice(1, NOW_MS)
  const [session, patient] = [practice.sessions.at(-1), practice.patients[0]]
  if (session === undefined || patient === undefined) throw new Error('The made-up practice is empty')
  return {
    session,
    patient,
    doctorName: null,
    priors: [],
    reads: [],
    actions: [],
    state: 'waiting',
    history: [],
    goals: [],
    questions: [],
    secondReadId: null,
    ...change,
  }
}
