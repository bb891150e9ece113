import type { PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import { type CheckQueue, createCheckQueue } from '../../../checks/check-queue.ts'
import { createChecker } from '../../../checks/checker.ts'
import type { Port } from '../../../ports/bridge.ts'
import type { Quietly } from '../../../viewer/quiet-queue.ts'
import { createCheckStore } from './check-store.ts'

type Options = {
  readonly port: Pick<Port, 'call' | 'photoUrl'>
  readonly soon: (work: () => void) => void
  readonly quietly: Quietly
  /** False in the second window: the main one looks at the photos. */
  readonly computes: boolean
}

/** What is doubtful about photos: from the store, else looked at on this computer once nothing else is to be done, and kept. */
export function createChecking({ port, soon, quietly, computes }: Options) {
  const checker = createChecker(port)
  const done = (check: PhotoCheck) => {
    checks.checked(check)
    // Looked at again next time when it could not be kept.
    void port.call('checks.save', check).catch(() => undefined)
  }
  const queue: CheckQueue | null = computes
    ? createCheckQueue({ check: (photo) => checker.check(photo), quietly, done })
    : null
  const checks = createCheckStore({ port, soon, missing: (photos) => queue?.want(photos) })
  return {
    checks,
    photoArrived: (hash: string) => queue?.photoArrived(hash),
    close() {
      queue?.close()
      checker.close()
    },
  }
}
