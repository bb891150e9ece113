import type { StorageUsage } from '../../../preload/contract/storage.ts'
import { CommandKeys } from '../../commands/commands-context.tsx'
import { useText, useTimes } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { SettingsRow } from './settings-row.tsx'
import type { Storage } from './use-storage.ts'

type Props = {
  readonly lastCheck: StorageUsage['lastCheck']
  readonly storage: Storage
  readonly isOnline: boolean
}

/** Whether both sides have the same, as each counted for itself. */
export function ServerCheck({ lastCheck, storage, isOnline }: Props) {
  const t = useText()
  const isBusy = storage.busy === 'check'
  return (
    <SettingsRow tall name={t('storage.check')} hint={t('storage.checkHint')}>
      <div className="flex max-w-[44ch] flex-col items-end gap-2 text-right">
        <Button onClick={storage.check} disabled={!isOnline || storage.busy !== null}>
          {t('storage.checkNow')} <CommandKeys id="settings.check" />
        </Button>
        <p role="status" className="min-h-5">
          {isBusy ? t('storage.checking') : <Result lastCheck={lastCheck} />}
        </p>
        {!isOnline && <p className="text-11">{t('storage.checkOffline')}</p>}
      </div>
    </SettingsRow>
  )
}

function Result({ lastCheck }: Pick<Props, 'lastCheck'>) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  if (lastCheck === null) return t('storage.checkNever')
  const when = times.clock(lastCheck.atMs, nowMs)
  if (lastCheck.repaired.length === 0) return <StatusDot tone="ok">{t('storage.checkSame', { when })}</StatusDot>
  const kinds = lastCheck.repaired.map((entity) => t(`storage.entity.${entity}`)).join(', ')
  return <span className="text-minor">{t('storage.checkRepaired', { when, kinds })}</span>
}
