import { z } from 'zod'
import { PracticeId } from '../domain/ids.ts'

/** The message of the live socket that every workstation knows: something new may be pulled. Carries no patient data; the cursor is the truth. */
export const Poke = z.strictObject({ practice: PracticeId, seq: z.int().nonnegative() })
export type Poke = z.infer<typeof Poke>
