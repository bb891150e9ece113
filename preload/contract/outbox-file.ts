import { z } from 'zod'
import { PersonId } from '../../server/contract/domain/ids.ts'
import { EpochMs } from '../../server/contract/domain/time.ts'

/** Twelve characters at least: the file leaves the computer. */
export const ExportPassphrase = z.string().min(12).max(1000)

/** What waits on this computer to be sent, by author. Reports of the program itself are not counted. */
export const UnsentWork = z.strictObject({
  personId: PersonId,
  /** Empty for somebody whom the feed has not brought. */
  displayName: z.string(),
  count: z.int().nonnegative(),
})
export type UnsentWork = z.infer<typeof UnsentWork>

export const ExportOutbox = z.strictObject({
  passphrase: ExportPassphrase,
  /** A colleague's work on this computer, for administrators alone: whoever may not sign in here any more has no other way. Absent: one's own. */
  personId: PersonId.optional(),
})

export const ExportedOutbox = z.strictObject({
  fileName: z.string(),
  bytes: z.instanceof(Uint8Array),
  count: z.int().positive(),
  /** Reports of the program itself (which photos were on screen) that the file had no room for: they wait here. */
  leftOutCount: z.int().nonnegative(),
})
export type ExportedOutbox = z.infer<typeof ExportedOutbox>

/** No export is larger, and no import reads more. */
export const MAX_OUTBOX_FILE_BYTES = 64 * 1024 * 1024
export const OutboxFile = z.strictObject({
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_OUTBOX_FILE_BYTES, 'Larger than 64 MiB'),
  passphrase: z.string().min(1).max(1000),
})

/** What an export holds, before anything of it is sent. */
export const OutboxSummary = z.strictObject({
  authorName: z.string(),
  practiceName: z.string(),
  exportedAtMs: EpochMs,
  count: z.int().positive(),
  /** Instructions to patients older than 24 hours. */
  staleCount: z.int().nonnegative(),
})
export type OutboxSummary = z.infer<typeof OutboxSummary>

export const ImportOutbox = OutboxFile.extend({
  /** Without it, old instructions stay in the file and everything else is sent. */
  confirmStale: z.boolean(),
})
export const ImportedOutbox = z.strictObject({
  applied: z.int().nonnegative(),
  /** Kept on the server; listed for whoever brought them under *needs attention*. */
  refused: z.int().nonnegative(),
  leftOut: z.int().nonnegative(),
})
export type ImportedOutbox = z.infer<typeof ImportedOutbox>
