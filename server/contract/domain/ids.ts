import { z } from 'zod'

/**
 * Branded identifiers: a `PatientId` cannot be passed where a `SessionId` is wanted.
 * All are UUIDs chosen by whoever creates the row (v7, so that they sort by age), except a photo,
 * which is named by the SHA-256 of its plain bytes. Some languages write them in capitals: PostgreSQL knows them all the
 * same, everybody who compares texts does not, so there is one way to write them from here on.
 */
const uuid = z.uuid().toLowerCase()

export const PracticeId = uuid.brand<'PracticeId'>()
export type PracticeId = z.infer<typeof PracticeId>

export const PersonId = uuid.brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>

export const PatientId = uuid.brand<'PatientId'>()
export type PatientId = z.infer<typeof PatientId>

export const SessionId = uuid.brand<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>

export const ReadId = uuid.brand<'ReadId'>()
export type ReadId = z.infer<typeof ReadId>

export const ActionId = uuid.brand<'ActionId'>()
export type ActionId = z.infer<typeof ActionId>

export const GoalId = uuid.brand<'GoalId'>()
export type GoalId = z.infer<typeof GoalId>

export const QuestionId = uuid.brand<'QuestionId'>()
export type QuestionId = z.infer<typeof QuestionId>

export const SecondReadId = uuid.brand<'SecondReadId'>()
export type SecondReadId = z.infer<typeof SecondReadId>

export const MutationId = uuid.brand<'MutationId'>()
export type MutationId = z.infer<typeof MutationId>

/** One workstation's installation: made at first start, kept in its store. */
export const ClientId = uuid.brand<'ClientId'>()
export type ClientId = z.infer<typeof ClientId>

export const IntakeKeyId = uuid.brand<'IntakeKeyId'>()
export type IntakeKeyId = z.infer<typeof IntakeKeyId>

/** Lower-case hex SHA-256 of a photo's plain bytes as the device sent them. */
export const PhotoHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'PhotoHash'>()
export type PhotoHash = z.infer<typeof PhotoHash>
