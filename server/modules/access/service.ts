import type { MutationArgs } from '../../contract/sync/mutations.ts'
import type { MutationContext } from '../sync/service.ts'

/**
 * What a workstation showed, when and for how long by its own clock: one entry for each photo that was on screen. And
 * whose unsent work left it as a file, by whoever sends this.
 */
export async function applyAccessRecord(
  { feed, caller }: MutationContext,
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
  feed.audit(caller, ...events)
  if (args.exported === undefined) return
  const { atMs: workstationAtMs, ...exported } = args.exported
  feed.audit(caller, { action: 'outbox.export', outcome: 'done', subject: { ...exported, workstationAtMs } })
}
