import { AppError } from '../contract/errors.ts'
import type { RouteHandlers } from '../http/handler.ts'
import { applyAccessRecord } from './access/service.ts'
import { createAuditRoutes } from './audit/routes.ts'
import { createDashboardRoutes } from './dashboard/routes.ts'
import type { ModuleDeps } from './deps.ts'
import { applySaveGoal } from './goals/service.ts'
import { createIntakeKeyRoutes } from './intake-keys/routes.ts'
import { createPatientRoutes } from './patients/routes.ts'
import { applyChangePatient } from './patients/service.ts'
import { createPeopleRoutes } from './people/routes.ts'
import { createPhotoLinkRoutes } from './photo-links/routes.ts'
import { applyChangeRules } from './practice-rules/service.ts'
import { createReadRoutes } from './reads/routes.ts'
import { applyRecordRead } from './reads/service.ts'
import { createScanRoutes } from './scans/routes.ts'
import { applySyncDifference } from './sync/difference.ts'
import { applyResolveParked } from './sync/parked.ts'
import { createSyncRoutes } from './sync/routes.ts'
import type { MutationHandlers } from './sync/service.ts'

/** The rows of the route table that the HTTP layer answers itself. */
type OfHttp = 'health.live' | 'health.ready' | 'session.signInInfo'

const notYet = () => Promise.reject(new AppError('internal', { reason: 'not-yet' }))

function mutationHandlers(deps: Pick<ModuleDeps, 'log'>): MutationHandlers {
  return {
    'read.record': async (context, args) => {
      await applyRecordRead(context, args)
    },
    'access.record': applyAccessRecord,
    'patient.change': applyChangePatient,
    'parked.resolve': applyResolveParked,
    'rules.change': applyChangeRules,
    'goal.save': applySaveGoal,
    'question.ask': notYet,
    'question.answer': notYet,
    'sync.difference': (context, args) => applySyncDifference(deps, context, args),
  }
}

/**
 * Every module's routes in one object; one that is missing is a type error.
 * @param oldestPullProtocol tests alone give another than the contract's
 */
export function createHandlers(deps: ModuleDeps, oldestPullProtocol?: number): Omit<RouteHandlers, OfHttp> {
  return {
    ...createPeopleRoutes(deps),
    ...createPatientRoutes(deps),
    ...createScanRoutes(deps),
    ...createReadRoutes(deps),
    ...createPhotoLinkRoutes(deps),
    ...createDashboardRoutes(deps),
    ...createSyncRoutes(deps, mutationHandlers(deps), oldestPullProtocol),
    ...createIntakeKeyRoutes(deps),
    ...createAuditRoutes(deps),
  }
}
