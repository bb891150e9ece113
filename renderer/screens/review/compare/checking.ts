import type { Alignment } from '../../../../preload/contract/alignment.ts'
import type { PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import { type CheckQueue, createCheckQueue, keyOf } from '../../../checks/check-queue.ts'
import { createChecker } from '../../../checks/checker.ts'
import { withPair } from '../../../checks/with-pair.ts'
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

/** Of as many photos, the newest. */
const MOST_LINES = 600

/** What is doubtful about photos: from the store, else looked at on this computer once nothing else is to be done, and kept. */
export function createChecking({ port, soon, quietly, computes }: Options) {
  const checker = createChecker(port)
  /** How photos lie over an earlier one, for those that were not looked at yet as well. */
  const lines = new Map<string, Alignment>()
  const keep = (check: PhotoCheck) => {
    checks.checked(check)
    // Looked at again next time when it could not be kept.
    void port.call('checks.save', check).catch(() => undefined)
  }
  const done = (check: PhotoCheck) => {
    const alignment = lines.get(keyOf(check))
    keep(alignment === undefined ? check : withPair(check, alignment))
  }
  const queue: CheckQueue | null = computes
    ? createCheckQueue({ check: (photo) => checker.check(photo), quietly, done })
    : null
  const checks = createCheckStore({ port, soon, missing: (photos) => queue?.want(photos) })
  return {
    checks,
    /** It is known how a photo lies over an earlier one: that may settle a doubt, or be one. */
    lined(alignment: Alignment) {
      const { current: hash, view } = alignment.pair
      const key = keyOf({ hash, view })
      const before = lines.get(key)
      if (before?.verdict === 'aligned' && before.isGuarded) return
      lines.delete(key)
      lines.set(key, alignment)
      for (const oldest of lines.keys()) if (lines.size > MOST_LINES) lines.delete(oldest)
      const known = checks.find(hash, view)
      const settled = known === null ? null : withPair(known, alignment)
      if (settled !== null && settled !== known) keep(settled)
    },
    photoArrived: (hash: string) => queue?.photoArrived(hash),
    close() {
      queue?.close()
      checker.close()
    },
  }
}
