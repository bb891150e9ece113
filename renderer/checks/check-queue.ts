import type { PhotoCheck } from '../../preload/contract/photo-check.ts'
import type { FiledPhoto } from './messages.ts'

type Options = {
  readonly check: (photo: FiledPhoto) => Promise<PhotoCheck | 'absent' | 'broken'>
  /** When to look at the next one: nobody waits for it. */
  readonly quietly: <T>(work: () => Promise<T>) => Promise<T>
  readonly done: (check: PhotoCheck) => void
}
export type CheckQueue = ReturnType<typeof createCheckQueue>

/** Looks at wanted photos that nobody has looked at, the most important first, one at a time, when it is quiet. */
export function createCheckQueue({ check, quietly, done }: Options) {
  /** Looked at, or tried in vain. */
  const tried = new Set<string>()
  const state = { wanted: [] as readonly FiledPhoto[], isBusy: false, isClosed: false }

  const next = () => (state.isClosed ? undefined : state.wanted.find((photo) => !tried.has(keyOf(photo))))

  /** What is most wanted is found out when its turn has come, not when it is asked for. */
  async function step(): Promise<void> {
    const photo = next()
    if (photo === undefined) return
    tried.add(keyOf(photo))
    // Without a worker photos stay without marks, as those that were not looked at yet.
    const found = await check(photo).catch(() => 'broken' as const)
    if (!state.isClosed && typeof found === 'object') done(found)
  }
  async function run(): Promise<void> {
    if (state.isBusy) return
    state.isBusy = true
    try {
      while (next() !== undefined) await quietly(step)
    } finally {
      state.isBusy = false
    }
  }
  return {
    /** Photos without an answer, most important first; what was wanted before is forgotten. */
    want(photos: readonly FiledPhoto[]) {
      state.wanted = photos
      void run()
    },
    /** The host has this photo now: what failed for want of it is tried again. */
    photoArrived(hash: string) {
      const again = state.wanted.filter((photo) => photo.hash === hash)
      for (const photo of again) tried.delete(keyOf(photo))
      if (again.length > 0) void run()
    },
    close() {
      state.isClosed = true
    },
  }
}

export const keyOf = ({ hash, view }: FiledPhoto) => `${hash} ${view}`
