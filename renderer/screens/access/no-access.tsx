import type { AppState } from '../../../preload/contract/app-state.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Words } from './card.tsx'

export function NoAccess({ account }: { readonly account: AppState['account'] }) {
  const t = useText()
  const port = usePort()
  const { setApp, sync } = useLiveState()
  return (
    <Card title={t('access.noAccess.title')}>
      {account !== null && (
        <Words>
          {t('access.noAccess.why', {
            person: account.person.displayName,
            practice: account.practice.name,
            roles: account.person.roles.map((role) => t(`role.${role}`)).join(', '),
          })}
        </Words>
      )}
      <Words>{t('access.noAccess.do')}</Words>
      {(sync?.waitingCount ?? 0) > 0 && <Words>{t('access.noAccess.unsent')}</Words>}
      <div>
        <Button autoFocus onClick={() => void port.call('session.signOut').then(setApp, () => undefined)}>
          {t('access.signOut')}
        </Button>
      </div>
    </Card>
  )
}
