import type { PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import type { Port } from '../../../ports/bridge.ts'
import type { PhotoHash } from '../../../../server/contract/domain/ids.ts'

type Options = { readonly port: Pick<Port, 'call'>; readonly soon: (work: () => void) => void }
export type CheckStore = ReturnType<typeof createCheckStore>

const MOST_ASKED = 50
const MOST_KEPT = 600

/** What the store knows is doubtful about photos, asked ahead in one go. Nothing is computed here. */
export function createCheckStore({ port, soon }: Options) {
  /** Null: asked, and not checked yet. */
  const checks = new Map<string, PhotoCheck | null>()
  const listeners = new Set<() => void>()
  const work = { wanted: [] as readonly PhotoHash[], isPlanned: false }

  async function ask() {
    const hashes = work.wanted.filter((hash) => !checks.has(hash)).slice(0, MOST_ASKED)
    if (hashes.length === 0) return
    for (const hash of hashes) checks.set(hash, null)
    // Without an answer the photo is shown without marks, as one that was not checked yet.
    const found = await port.call('checks.find', hashes).catch((): PhotoCheck[] => [])
    if (found.length > 0) keep(found)
    for (const hash of checks.keys())
      if (checks.size > MOST_KEPT && !work.wanted.includes(hash as PhotoHash)) checks.delete(hash)
    await ask()
  }
  function keep(found: readonly PhotoCheck[]) {
    for (const check of found) checks.set(check.hash, check)
    for (const listener of listeners) listener()
  }

  return {
    want(hashes: readonly PhotoHash[]) {
      work.wanted = hashes
      if (work.isPlanned) return
      work.isPlanned = true
      soon(() => {
        work.isPlanned = false
        void ask()
      })
    },
    /** A photo was checked on this workstation just now. */
    checked: (check: PhotoCheck) => keep([check]),
    find: (hash: string | undefined): PhotoCheck | null => (hash === undefined ? null : (checks.get(hash) ?? null)),
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
