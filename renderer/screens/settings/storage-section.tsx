import type { StorageUsage } from '../../../preload/contract/storage.ts'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton, useIsSlow } from '../../ui/skeleton.tsx'
import { PhotoRoom } from './photo-room.tsx'
import { ServerCheck } from './server-check.tsx'
import { SettingsRow } from './settings-row.tsx'
import { StorageTable } from './storage-table.tsx'
import type { Storage } from './use-storage.ts'

type Props = { readonly storage: Storage; readonly isOnline: boolean }

/** What is kept offline and why, how much photos may take, and whether it is what the server has. */
export function StorageSection({ storage, isOnline }: Props) {
  const t = useText()
  const { usage, failed, reload } = storage
  const isSlow = useIsSlow(usage === null && failed === null)
  if (failed !== null)
    return (
      <EmptyState title={t('storage.failed')} alert action={<Button onClick={reload}>{t('common.retry')}</Button>}>
        {t(errorKey(failed))}
      </EmptyState>
    )
  if (usage === null) return isSlow && <SkeletonTable />
  return <Kept usage={usage} storage={storage} isOnline={isOnline} />
}

function Kept({ usage, storage, isOnline }: Props & { readonly usage: StorageUsage }) {
  const t = useText()
  const { refused } = storage
  return (
    <>
      {/* Its line is there while empty: what fails moves nothing. */}
      <p role="alert" className="min-h-5 text-13 text-off">
        {refused !== null && t('storage.notDone', { why: t(errorKey(refused)) })}
      </p>
      <StorageTable usage={usage} />
      <div className="h-4" />
      <PhotoRoom usage={usage} storage={storage} />
      <SettingsRow tall name={t('storage.offline')} hint={t('storage.offlineHint')}>
        {t('storage.offlineValue')}
      </SettingsRow>
      <ServerCheck lastCheck={usage.lastCheck} storage={storage} isOnline={isOnline} />
    </>
  )
}

function SkeletonTable() {
  const t = useText()
  return (
    <div role="status" aria-label={t('common.loading')} className="pt-5">
      {Array.from({ length: 14 }, (_, i) => (
        <div key={i} className="flex h-8 items-center gap-6 border-b border-row-line">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-96" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  )
}
