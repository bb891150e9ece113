import { z } from 'zod'
import { ActionId, type PersonId } from './ids.ts'

/** What has left for the patient is corrected by another action, which names it and says why. */
export const Correction = z.strictObject({
  /** The action that stood when its author corrected it. */
  actionId: ActionId,
  /** In the author's words. May name a patient: for the record and the screen, never for a log. */
  reason: z.string().trim().min(1).max(300),
})
export type Correction = z.infer<typeof Correction>

/** What a read is for, as far as it decides whose action it may correct. */
type Purpose = { readonly supersedes: unknown; readonly adjudicates: readonly unknown[] }

/**
 * Whether a read of this purpose may put its action in the place of the one that stands: its own author's, who replaces
 * an own read with it; and whoever settles two reads, since the dispute is about what to do.
 */
export function mayCorrect(
  { supersedes, adjudicates }: Purpose,
  standing: { readonly decidedBy: PersonId },
  personId: PersonId | undefined,
): boolean {
  return adjudicates.length === 2 || (supersedes !== null && standing.decidedBy === personId)
}
