import { z } from 'zod'
import type { AuditRecord } from '../audit-port.ts'
import type { Principal } from '../handler.ts'

const Ids = z.record(z.string(), z.uuid())

/** Only ids may enter the audit log: a path parameter that is not one is left out. */
export function auditRecord(
  principal: Principal,
  action: string,
  outcome: AuditRecord['outcome'],
  params: unknown,
  more: AuditRecord['subject'] = {},
): AuditRecord {
  const ids = Ids.safeParse(params)
  return {
    practiceId: principal.practiceId,
    personId: principal.kind === 'person' ? principal.personId : null,
    intakeKeyId: principal.kind === 'intake' ? principal.intakeKeyId : null,
    action,
    outcome,
    subject: { ...(ids.success ? ids.data : {}), ...more },
  }
}
