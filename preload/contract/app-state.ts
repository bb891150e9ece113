import { z } from 'zod'
import { Person, Practice } from '../../server/contract/domain/people.ts'
import { ERROR_CODES } from '../../server/contract/errors.ts'
import { EpochMs } from '../../server/contract/domain/time.ts'

/** What wraps the data key. `passphrase` is used where the operating system offers no keychain; there is never a built-in key. */
export const KeyGuard = z.enum(['keychain', 'passphrase'])

/**
 * Where the workstation stands, in the order in which a person meets it.
 * - `choose-passphrase`: no keychain, no store yet
 * - `locked`: the store is closed
 * - `no-key`: a store is there but its key is gone (keychain emptied or exchanged); nothing is wiped
 * - `signed-out`: open, nobody signed in
 * - `ready`: a person is signed in; works with or without the server
 * - `no-access`: signed in, but the roles hold no patient data
 */
export const Phase = z.enum(['choose-passphrase', 'locked', 'no-key', 'signed-out', 'no-access', 'ready'])
export type Phase = z.infer<typeof Phase>

/** Decisions that could still be taken back when somebody locked or signed out: they wait no longer then. */
export const LetGo = z.strictObject({
  /** That the server has. */
  sentCount: z.int().nonnegative(),
  /** Still on this computer: they leave when their author is signed in here and the server answers. */
  keptCount: z.int().nonnegative(),
})
export type LetGo = z.infer<typeof LetGo>

export const AppState = z.strictObject({
  phase: Phase,
  keyGuard: KeyGuard.nullable(),
  account: z.strictObject({ person: Person, practice: Practice }).nullable(),
  /** True when the access token could not be renewed: work goes on, but nothing is sent until the person signs in again. */
  signInExpired: z.boolean(),
  /** Why the store could not be opened, while it is not: a full disk, a folder that may not be written to. */
  problem: z.enum(ERROR_CODES).nullable(),
  /** Until the next sign-in or unlocking; null when nothing could be taken back. */
  letGo: LetGo.nullable(),
  serverUrl: z.string(),
  /** The server's practice is a demonstration with made-up patients. */
  demo: z.boolean(),
  version: z.string(),
})
export type AppState = z.infer<typeof AppState>

export const SyncStatus = z.strictObject({
  /**
   * `offline`: no answer from the server, and time alone mends it; `refused`: it answers but does not let us in, its
   * place is taken, or this computer cannot keep what it sends: `reason` says what a person has to do.
   */
  connection: z.enum(['online', 'offline', 'refused', 'paused']),
  /** Why not online; null when online or paused. */
  reason: z.enum(ERROR_CODES).nullable(),
  pulling: z.boolean(),
  /** Decisions and other changes not yet acknowledged by the server. */
  waitingCount: z.int().nonnegative(),
  /** Changes of the signed-in person that the server refused, parked, or kept as what they would have done. */
  needsAttentionCount: z.int().nonnegative(),
  /** This workstation's clock at the last complete pull; null before the first. */
  lastSyncedAtMs: EpochMs.nullable(),
  photosWaitingCount: z.int().nonnegative(),
  /** From the pace of the last minute; null while none waits or nothing is known yet. */
  photosLeftMs: z.int().nonnegative().nullable(),
  /** While a fresh copy of the practice is loaded, the first or another; null else. What is here already can be used. */
  copying: z
    .strictObject({
      first: z.boolean(),
      rowsDone: z.int().nonnegative(),
      rowsTotal: z.int().nonnegative().nullable(),
      leftMs: z.int().nonnegative().nullable(),
    })
    .nullable(),
  /** Instructions to patients that waited for over 24 hours: sent only when their author confirms. Part of needsAttentionCount. */
  confirmCount: z.int().nonnegative(),
  /** How far this computer's clock is ahead of the server's; null when unknown or within five minutes. */
  clockAheadMs: z.int().nullable(),
  /** Under 500 MiB free: photos are no longer kept; decisions still are. */
  lowDisk: z.boolean(),
})
export type SyncStatus = z.infer<typeof SyncStatus>
