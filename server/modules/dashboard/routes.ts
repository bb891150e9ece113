import { AppError } from '../../contract/errors.ts'
import type { RouteHandlers } from '../../http/handler.ts'
import { appendAudit } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { patientOf } from '../patients/service.ts'
import { formatBefore, parseBefore } from './cursor.ts'
import { queryDashboard } from './repository.ts'

export function createDashboardRoutes(
  deps: Pick<ModuleDeps, 'database' | 'clock'>,
): Pick<RouteHandlers, 'dashboard.feed'> {
  return {
    'dashboard.feed': ({ query }, caller) =>
      deps.database.inPractice(caller.practiceId, async (tx) => {
        const before = query.before === undefined ? undefined : parseBefore(query.before)
        const rows = await queryDashboard(tx, caller.practiceId, { ...query, before }).execute()
        const sessions = rows.map((row) => {
          if (row.body === null) throw new AppError('internal', { sessionId: row.session_id }) // a check forbids it
          return { session: row.body, patient: patientOf(row), state: row.review_state }
        })
        await appendAudit(tx, caller.practiceId, caller, deps.clock.nowMs(), {
          action: 'session.list',
          outcome: 'done',
          subject: { count: sessions.length },
        })
        const last = rows.length === query.limit ? rows.at(-1) : undefined
        const next =
          last === undefined ? null : formatBefore({ submittedAtMs: last.submitted_at_ms, sessionId: last.session_id })
        return { sessions, next }
      }),
  }
}
