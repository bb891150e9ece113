import { z } from 'zod'
import { Goal } from '../domain/goals.ts'
import { Patient } from '../domain/patients.ts'
import { Person, Practice } from '../domain/people.ts'
import { PracticeRules } from '../domain/practice-rules.ts'
import { Question } from '../domain/questions.ts'
import { Action, Read } from '../domain/reads.ts'
import { SecondRead } from '../domain/second-reads.ts'
import { ScanSession } from '../domain/sessions.ts'

/** Every kind of row that the feed carries, by its wire name. `idOf` names the row within its kind. */
export const ENTITIES = {
  practice: Practice,
  person: Person,
  patient: Patient,
  session: ScanSession,
  read: Read,
  action: Action,
  practice_rules: PracticeRules,
  goal: Goal,
  question: Question,
  second_read: SecondRead,
} as const

export type EntityName = keyof typeof ENTITIES
export type EntityBody<N extends EntityName> = z.infer<(typeof ENTITIES)[N]>

export const ENTITY_NAMES = Object.keys(ENTITIES) as [EntityName, ...EntityName[]]
export const EntityNameSchema = z.enum(ENTITY_NAMES)
