import type { AuditEntry } from '../contract/api/shapes.ts'
import type { Principal } from './handler.ts'

/** Ids and counts only, never a name. */
export type AuditEvent = Pick<AuditEntry, 'action' | 'outcome' | 'subject'>

/**
 * Where the HTTP border writes down whom it refused, and who opened a live socket. What a route did, its module
 * writes itself, in the same transaction. Resolves when the entry is durable.
 */
export type AuditPort = { record(who: Principal, event: AuditEvent): Promise<void> }
