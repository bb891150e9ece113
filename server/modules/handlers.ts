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
import { createPresenceRoutes } from './presence/routes.ts'
import { applyAnswerQuestion, applyAskQuestion } from './questions/service.ts'
import { createReadRoutes } from './reads/routes.ts'
import { applyRecordRead } from './reads/service.ts'
import { createScanRoutes } from './scans/routes.ts'
import { type Draw, drawAtRandom } from './second-reads/draw.ts'
import { applySyncDifference } from './sync/difference.ts'
import { applyResolveParked } from './sync/parked.ts'
import { createSyncRoutes } from './sync/routes.ts'
import type { MutationHandlers } from './sync/service.ts'

/** The rows of the route table that the HTTP layer answers itself. */
type OfHttp = 'health.live' | 'health.ready' | 'session.signInInfo'

function mutationHandlers(deps: Pick<ModuleDeps, 'log'>, draw: Draw): MutationHandlers {
  return {
    'read.record': async (context, args) => {
      await applyRecordRead(context, draw, args)
    },
    'access.record': applyAccessRecord,
    'patient.change': applyChangePatient,
    'parked.resolve': applyResolveParked,
    'rules.change': applyChangeRules,
    'goal.save': applySaveGoal,
    'question.ask': applyAskQuestion,
    'question.answer': applyAnswerQuestion,
    'sync.difference': (context, args) => applySyncDifference(deps, context, args),
  }
}

/** Tests alone give other ones than the contract's and the operating system's. */
type Seams = { readonly oldestPullProtocol?: number; readonly draw?: Draw }

/** Every module's routes in one object; one that is missing is a type error. */
export function createHandlers(
  deps: ModuleDeps,
  { oldestPullProtocol, draw = drawAtRandom }: Seams = {},
): Omit<RouteHandlers, OfHttp> {
  return {
    ...createPeopleRoutes(deps),
    ...createPatientRoutes(deps),
    ...createScanRoutes(deps),
    ...createReadRoutes(deps, draw),
    ...createPhotoLinkRoutes(deps),
    ...createDashboardRoutes(deps),
    ...createPresenceRoutes(deps),
    ...createSyncRoutes(deps, mutationHandlers(deps, draw), oldestPullProtocol),
    ...createIntakeKeyRoutes(deps),
    ...createAuditRoutes(deps),
  }
}
