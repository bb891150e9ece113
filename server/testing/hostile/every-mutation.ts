import type { SessionId } from '../../contract/domain/ids.ts'
import type { Patient } from '../../contract/domain/patients.ts'
import type { MutationEnvelope } from '../../contract/sync/wire.ts'
import { newGoal, newQuestion } from '../../modules/testing-review.ts'
import { newRead } from '../../modules/testing.ts'
import { mutationOf } from './mutation-of.ts'

/** One of each, in the order of a workstation that has used them all. */
export function everyMutation({
  session,
  patient,
}: {
  session: { sessionId: SessionId }
  patient: Patient
}): MutationEnvelope[] {
  const question = newQuestion(session.sessionId)
  const refused = mutationOf(2, newRead(session.sessionId, { aligners: 'out' }))
  return [
    mutationOf(1, newRead(session.sessionId)),
    refused,
    mutationOf(3, resolutionOf(refused.id), { name: 'parked.resolve' }),
    mutationOf(4, { displayed: [displayedOf(session.sessionId)] }, { name: 'access.record' }),
    mutationOf(5, difference, { name: 'sync.difference' }),
    mutationOf(
      6,
      { patientId: patient.id, set: { alignerBrand: 'Clear' } },
      { name: 'patient.change', base: UNBRANDED },
    ),
    mutationOf(7, newGoal(patient.id), { name: 'goal.save' }),
    mutationOf(8, question, { name: 'question.ask' }),
    mutationOf(9, { questionId: question.id, text: 'I would.' }, { name: 'question.answer' }),
    // An administrator's alone: refused of a clinician, and remembered as such.
    mutationOf(10, { set: { graceSeconds: 12 } }, { name: 'rules.change', base: { graceSeconds: 10 } }),
  ]
}

const UNBRANDED = { alignerBrand: null }
export const difference = { entity: 'read', atSeq: 3, localCount: 1, serverCount: 2 }
export const displayedOf = (sessionId: string) => ({
  sessionId,
  view: 'frontal',
  photo: 'a'.repeat(64),
  shownMs: 5,
  atMs: 5,
})
export const resolutionOf = (mutationId: string) => ({ mutationId, how: 'discarded', reason: 'late', replacedBy: null })
