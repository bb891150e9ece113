import type { PracticeId } from '../contract/domain/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import type { Logger } from '../platform/logger.ts'
import type { ObjectStore } from '../platform/objects/objects.ts'

/** Tells workstations of a practice that its feed has reached `seq`. Called after the commit, never inside it; must not throw. */
export type Announce = (practiceId: PracticeId, seq: number) => void

/** What modules are given by the composition root; each names the part that it uses. */
export type ModuleDeps = {
  readonly database: Database
  readonly objects: ObjectStore
  readonly jobs: Jobs
  readonly clock: Clock
  readonly log: Logger
  readonly announce: Announce
}
