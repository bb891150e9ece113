import type { Substitution } from '../seams/module-hooks.ts'

/** A planted fault: modules of the product are replaced by ones that do a thing wrong and are otherwise the real ones. */
export type Planted = { readonly what: string; readonly modules: readonly Substitution[] }

const instead = (of: string, by: string): Substitution => ({
  of: new URL(`../../../${of}`, import.meta.url).href,
  by: new URL(`./${by}.ts`, import.meta.url).href,
})

/** A simulator that cannot fail proves nothing: each of these must be found. */
export const PLANTED = {
  'cursor-before-rows': {
    what: 'the cursor is saved in a transaction of its own, before the rows of its page',
    modules: [
      instead('electron/sync/pull.ts', 'cursor-before-rows-pull'),
      instead('electron/sync/apply.ts', 'cursor-before-rows-apply'),
    ],
  },
  'refusals-forgotten': {
    what: 'the server remembers what it applied, and forgets what it refused',
    modules: [instead('server/modules/sync/repository.ts', 'refusals-forgotten')],
  },
  'max-plus-one': {
    what: 'the next number of the outbox is the highest that still waits, plus one',
    modules: [instead('electron/store/outbox/claim.ts', 'max-plus-one')],
  },
  'counter-not-last': {
    what: 'feed numbers are taken in a transaction of their own, before the commit of the rows',
    modules: [
      instead('server/platform/database/open.ts', 'counter-not-last-database'),
      instead('server/modules/sync/close-change.ts', 'counter-not-last'),
    ],
  },
  'overlay-dropped-early': {
    what: 'a local decision leaves the view when the server has answered, not when the feed has brought it',
    modules: [instead('electron/store/outbox/overlay.ts', 'overlay-dropped-early')],
  },
  'tombstone-missing': {
    what: 'a withdrawal is not told in the feed',
    modules: [instead('server/modules/sync/close-change.ts', 'tombstone-missing')],
  },
  'photo-unverified': {
    what: 'a photo is kept and shown before its bytes were compared with what the scan promised',
    modules: [instead('electron/media/photo-download.ts', 'photo-unverified')],
  },
  'digest-copied': {
    what: 'the workstation takes the server’s digest for its own',
    modules: [instead('electron/sync/digest.ts', 'digest-copied')],
  },
  'sent-forgotten': {
    what: 'a change leaves the outbox when it is sent, not when it is answered',
    modules: [instead('electron/store/outbox/claim.ts', 'sent-forgotten')],
  },
  'correction-untold': {
    what: 'an action is corrected, and the feed tells the new one only',
    modules: [instead('server/modules/sync/close-change.ts', 'correction-untold')],
  },
  'correction-loses': {
    what: 'what is corrected stands no longer, and what was to take its place is kept as what would have been done',
    modules: [instead('server/contract/domain/reads.ts', 'correction-loses')],
  },
} as const satisfies Record<string, Planted>

export type PlantedName = keyof typeof PLANTED
export const PLANTED_NAMES = Object.keys(PLANTED) as [PlantedName, ...PlantedName[]]
