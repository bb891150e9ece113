import { z } from 'zod'
import { Patient } from '../domain/patients.ts'
import { Person, Practice } from '../domain/people.ts'
import { Action, Read } from '../domain/reads.ts'
import { ScanSession } from '../domain/sessions.ts'

/** Every kind of row that the feed carries, by its wire name. `idOf` names the row within its kind. */
export const ENTITIES = {
  practice: Practice,
  person: Person,
  patient: Patient,
  session: ScanSession,
  read: Read,
  action: Action,
} as const

export type EntityName = keyof typeof ENTITIES
export type EntityBody<N extends EntityName> = z.infer<(typeof ENTITIES)[N]>

export const ENTITY_NAMES = Object.keys(ENTITIES) as [EntityName, ...EntityName[]]
export const EntityNameSchema = z.enum(ENTITY_NAMES)
