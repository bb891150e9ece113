import type { PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import type { Port } from '../../../ports/bridge.ts'
import { keyOf } from '../../../checks/check-queue.ts'
import type { FiledPhoto } from '../../../checks/messages.ts'

type Options = {
  readonly port: Pick<Port, 'call'>
  readonly soon: (work: () => void) => void
  /** Told which wanted photos nobody has looked at yet, most important first. */
  readonly missing?: (photos: readonly FiledPhoto[]) => void
}
export type CheckStore = ReturnType<typeof createCheckStore>

const MOST_ASKED = 50
const MOST_KEPT = 600

/** What the store knows is doubtful about photos, asked ahead in one go. Nothing is computed here. */
export function createCheckStore({ port, soon, missing = () => {} }: Options) {
  /** By `keyOf`: one picture may be filed in two slots. Null: asked, and not checked yet. */
  const checks = new Map<string, PhotoCheck | null>()
  const listeners = new Set<() => void>()
  const work = { wanted: [] as readonly FiledPhoto[], isPlanned: false }

  async function ask() {
    const photos = work.wanted.filter((photo) => !checks.has(keyOf(photo))).slice(0, MOST_ASKED)
    if (photos.length === 0) {
      missing(work.wanted.filter((photo) => checks.get(keyOf(photo)) === null))
      return
    }
    for (const photo of photos) checks.set(keyOf(photo), null)
    // Without an answer the photo is shown without marks, as one that was not checked yet.
    const found = await port
      .call(
        'checks.find',
        photos.map(({ hash }) => hash),
      )
      .catch((): PhotoCheck[] => [])
    if (found.length > 0) keep(found)
    const wanted = new Set(work.wanted.map(keyOf))
    for (const key of checks.keys()) if (checks.size > MOST_KEPT && !wanted.has(key)) checks.delete(key)
    await ask()
  }
  function keep(found: readonly PhotoCheck[]) {
    for (const check of found) checks.set(keyOf(check), check)
    for (const listener of listeners) listener()
  }

  return {
    want(photos: readonly FiledPhoto[]) {
      work.wanted = photos
      if (work.isPlanned) return
      work.isPlanned = true
      soon(() => {
        work.isPlanned = false
        void ask()
      })
    },
    /** A photo was checked on this workstation just now. */
    checked: (check: PhotoCheck) => keep([check]),
    /** Null for a slot without a photo too. */
    find: (hash: FiledPhoto['hash'] | undefined, view: FiledPhoto['view']): PhotoCheck | null =>
      hash === undefined ? null : (checks.get(keyOf({ hash, view })) ?? null),
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
