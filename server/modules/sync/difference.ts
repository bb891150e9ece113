import type { MutationArgs } from '../../contract/sync/mutations.ts'
import type { ModuleDeps } from '../deps.ts'
import type { MutationContext } from './service.ts'

/** A workstation's rows differed from ours and it is repairing them: an alert for whoever runs the server, never a refusal. */
export async function applySyncDifference(
  deps: Pick<ModuleDeps, 'log'>,
  { feed, caller }: MutationContext,
  args: MutationArgs<'sync.difference'>,
): Promise<void> {
  const { practiceId, personId } = caller
  feed.audit(caller, { action: 'sync.difference', outcome: 'done', subject: args })
  deps.log.warn('sync.difference', { practiceId, personId, ...args })
}
