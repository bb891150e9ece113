import { z } from 'zod'
import type { AuditEvent } from '../audit-port.ts'

const Ids = z.record(z.string(), z.uuid().toLowerCase())

/** Only ids may enter the audit log: when a path parameter is not one, none is written. */
export function auditSubject(params: unknown, more: AuditEvent['subject'] = {}): AuditEvent['subject'] {
  const ids = Ids.safeParse(params)
  return { ...(ids.success ? ids.data : {}), ...more }
}
