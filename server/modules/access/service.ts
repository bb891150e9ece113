import type { MutationArgs } from '../../contract/sync/mutations.ts'
import { appendAudit } from '../audit/service.ts'
import type { MutationContext } from '../sync/service.ts'

/** What a workstation showed, when and for how long by its own clock: one entry for each photo that was on screen. */
export async function applyAccessRecord(
  { tx, caller, nowMs }: MutationContext,
  args: MutationArgs<'access.record'>,
): Promise<void> {
  const events = args.displayed.map(
    (event) =>
      ({
        action: 'photo.displayed',
        outcome: 'done',
        subject: {
          sessionId: event.sessionId,
          view: event.view,
          photo: event.photo,
          shownMs: event.shownMs,
          workstationAtMs: event.atMs,
        },
      }) as const,
  )
  await appendAudit(tx, caller.practiceId, caller, nowMs, ...events)
}
