import { z } from 'zod'
import { PersonId, PracticeId } from './ids.ts'
import { Role } from './roles.ts'

export const Practice = z.strictObject({
  id: PracticeId,
  name: z.string().min(1).max(200),
})
export type Practice = z.infer<typeof Practice>

/** Somebody who works at the practice. */
export const Person = z.strictObject({
  id: PersonId,
  displayName: z.string().min(1).max(200),
  roles: z.array(Role).min(1),
  active: z.boolean(),
})
export type Person = z.infer<typeof Person>
