import type { AuditEntry } from '../contract/api/shapes.ts'
import type { IntakeKeyId, PersonId, PracticeId } from '../contract/domain/ids.ts'

/** One line for the practice's audit log: ids and counts only, never a name. */
export type AuditRecord = {
  readonly practiceId: PracticeId
  /** Exactly one of the two is set. */
  readonly personId: PersonId | null
  readonly intakeKeyId: IntakeKeyId | null
  readonly action: string
  readonly outcome: AuditEntry['outcome']
  readonly subject: AuditEntry['subject']
}

/**
 * Where the HTTP border writes down whom it refused, and who opened a live socket. What a route did, its module
 * writes itself, in the same transaction. It resolves when the entry is durable.
 */
export type AuditPort = { record(entry: AuditRecord): Promise<void> }
