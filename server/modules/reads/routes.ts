import { AppError } from '../../contract/errors.ts'
import type { RouteHandlers } from '../../http/handler.ts'
import type { ModuleDeps } from '../deps.ts'
import type { Draw } from '../second-reads/service.ts'
import { writeInPractice } from '../sync/service.ts'
import { applyRecordRead } from './service.ts'

export function createReadRoutes(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'announce'>,
  draw: Draw,
): Pick<RouteHandlers, 'scans.tag'> {
  return {
    'scans.tag': async ({ params, body }, caller) => {
      if (body.sessionId !== params.id) throw new AppError('input.invalid', { sessionId: params.id })
      return writeInPractice(deps, caller.practiceId, (tx, feed) =>
        applyRecordRead({ tx, feed, caller, nowMs: deps.clock.nowMs() }, draw, body),
      )
    },
  }
}
