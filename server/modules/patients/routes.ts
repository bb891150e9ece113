import { AppError } from '../../contract/errors.ts'
import type { PersonPrincipal, RouteHandlers } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { appendAudit, type Subject } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { writeInPractice } from '../sync/service.ts'
import { findPatient, listPatients } from './repository.ts'
import { changePatient, createPatient } from './service.ts'

type Deps = Pick<ModuleDeps, 'database' | 'clock' | 'announce'>
type Routes = Pick<RouteHandlers, 'patients.list' | 'patients.create' | 'patients.get' | 'patients.change'>

export function createPatientRoutes(deps: Deps): Routes {
  const audit = (tx: PracticeTx, caller: PersonPrincipal, action: string, subject: Subject) =>
    appendAudit(tx, caller.practiceId, caller, deps.clock.nowMs(), { action, outcome: 'done', subject })
  return {
    'patients.list': ({ query }, caller) =>
      deps.database.inPractice(caller.practiceId, async (tx) => {
        const patients = await listPatients(tx, caller.practiceId, query)
        await audit(tx, caller, 'patient.list', { count: patients.length })
        return { patients, next: patients.length === query.limit ? (patients.at(-1)?.reference ?? null) : null }
      }),
    'patients.create': ({ body }, caller) =>
      writeInPractice(deps, caller.practiceId, async (tx, feed) => {
        const patient = await createPatient(tx, feed, caller.practiceId, body)
        await audit(tx, caller, 'patient.create', { patientId: patient.id })
        return patient
      }),
    'patients.get': ({ params }, caller) =>
      deps.database.inPractice(caller.practiceId, async (tx) => {
        const patient = await findPatient(tx, caller.practiceId, params.id)
        if (patient === undefined) throw new AppError('not-found', { patientId: params.id })
        await audit(tx, caller, 'patient.read', { patientId: patient.id })
        return patient
      }),
    'patients.change': ({ params, body }, caller) =>
      writeInPractice(deps, caller.practiceId, (tx, feed) => changePatient({ tx, feed, caller }, params.id, body)),
  }
}
