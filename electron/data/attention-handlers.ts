import type { Handlers } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import { listAttentionEntries } from '../store/attention/attention-entries.ts'
import { type Changes, newChanges } from '../store/changes.ts'
import { write, type WriteTx } from '../store/db.ts'
import { findPatient } from '../store/patients/patients.ts'
import {
  confirmLocally,
  discardLocally,
  replacePatientChangeLocally,
  replacePracticeChangeLocally,
  replaceReadLocally,
  retryLocally,
} from '../sync/attend.ts'
import { changePatientLocally } from '../sync/change-patient.ts'
import { openFor } from './open-for.ts'
import type { Workstation } from './workstation.ts'

type By = Parameters<typeof retryLocally>[2]

/** Everybody sees and settles their own: a colleague's id finds nothing. */
export function attentionHandlers(workstation: Workstation, clock: Clock) {
  const act = actFor(workstation, clock)
  return {
    'attention.list': async () => {
      const { db, account } = openFor(workstation)
      return listAttentionEntries(db, account.person.id, clock.nowMs())
    },
    'attention.retry': async ({ mutationId }) => {
      const { sessionId } = act((tx, by) => retryLocally(tx, mutationId, by))
      return { sessionId }
    },
    'attention.discard': async ({ mutationId, reason }) => {
      act((tx, by) => ({ changes: discardLocally(tx, mutationId, reason, by) }))
      return null
    },
    'attention.confirm': async ({ mutationId }) => {
      act((tx, by) => {
        confirmLocally(tx, mutationId, by)
        return { changes: newChanges() }
      })
      return null
    },
    'attention.replaceRead': async (replacement) => {
      const { read, action } = act((tx, by) => replaceReadLocally(tx, replacement, by))
      return { read, action }
    },
    'attention.replacePatientChange': async (replacement) =>
      act((tx, by) => replacePatientChangeLocally(tx, replacement, by)).patient,
    'attention.replacePracticeChange': async (replacement) => {
      act((tx, by) => replacePracticeChangeLocally(tx, replacement, by))
      return null
    },
  } satisfies Partial<Handlers>
}

export function patientHandlers(workstation: Workstation, clock: Clock) {
  const act = actFor(workstation, clock)
  return {
    'patients.get': async ({ id }) => {
      const patient = findPatient(openFor(workstation).db, id)
      if (patient === undefined) throw new AppError('not-found', { patientId: id })
      return patient
    },
    'patients.change': async (change) => act((tx, by) => changePatientLocally(tx, change, by)).patient,
  } satisfies Partial<Handlers>
}

/** In one transaction, in the signed-in person's name; then the screens hear of it, and what is due is sent. */
export function actFor(workstation: Workstation, clock: Clock) {
  return <T extends { readonly changes: Changes }>(work: (tx: WriteTx, by: By) => T): T => {
    const { db, account, changed, sync, grace, graceMs } = openFor(workstation)
    grace.keepPace()
    const by = { person: account.person, nowMs: clock.nowMs(), graceMs }
    const done = write(db, (tx) => work(tx, by))
    changed(done.changes)
    sync.queued()
    return done
  }
}
