import type { Handlers } from '../../preload/contract/ipc.ts'
import type { Role } from '../../server/contract/domain/roles.ts'
import { ROUTES } from '../../server/contract/api/routes.ts'
import { AppError } from '../../server/contract/errors.ts'
import { openFor } from './open-for.ts'
import type { Workstation } from './workstation.ts'

/** On the server at once, or not at all: what waited here would be a scan that everybody else goes on deciding on. */
export function withdrawHandlers(workstation: Workstation) {
  return {
    'review.withdraw': async ({ sessionId, reason }) => {
      const { session, account, sync } = openFor(workstation)
      const who: readonly Role[] = ROUTES['scans.withdraw'].who
      if (!account.person.roles.some((role) => who.includes(role))) throw new AppError('auth.denied', { sessionId })
      await session.apiOf(account.person.id).call('scans.withdraw', { params: { id: sessionId }, body: { reason } })
      void sync.now() // it goes from here with the feed
      return null
    },
  } satisfies Partial<Handlers>
}
