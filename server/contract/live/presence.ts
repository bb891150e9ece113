import { z } from 'zod'
import { PersonId, PracticeId, SessionId } from '../domain/ids.ts'
import { EpochMs } from '../domain/time.ts'

/** A case counts as open for this long after the workstation last said so. */
export const PRESENCE_TTL_MS = 60_000

/** Who has which case open, for the whole practice. Advisory: it locks nothing. Ids only. */
export const Presence = z.strictObject({
  kind: z.literal('presence'),
  practice: PracticeId,
  open: z.array(z.strictObject({ sessionId: SessionId, personId: PersonId, sinceMs: EpochMs })).max(500),
})
export type Presence = z.infer<typeof Presence>
