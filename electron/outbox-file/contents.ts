import { z } from 'zod'
import { ClientId, PersonId, PracticeId } from '../../server/contract/domain/ids.ts'
import { EpochMs } from '../../server/contract/domain/time.ts'
import { MutationEnvelope } from '../../server/contract/sync/wire.ts'

export const ExportedMutation = MutationEnvelope.extend({
  /** The exporting workstation's clock when its author decided it. */
  queuedAtMs: EpochMs,
})
export type ExportedMutation = z.infer<typeof ExportedMutation>

/** What lies under the encryption: the unsent changes of one person, in the order in which they were made. */
export const OutboxContents = z.strictObject({
  practiceId: PracticeId,
  practiceName: z.string().max(500),
  person: z.strictObject({ id: PersonId, displayName: z.string().max(500) }),
  /** Made for this export: its sequence begins at 1. */
  clientId: ClientId,
  /** The exporting workstation's clock. */
  exportedAtMs: EpochMs,
  mutations: z
    .array(ExportedMutation)
    .min(1)
    .refine((all) => all.every(({ clientSeq }, index) => clientSeq === index + 1), 'A number is missing'),
})
export type OutboxContents = z.infer<typeof OutboxContents>
