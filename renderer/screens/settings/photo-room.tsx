import { PhotoBudgetGib, type StorageUsage } from '../../../preload/contract/storage.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { SettingsRow } from './settings-row.tsx'
import type { Storage } from './use-storage.ts'

const GIB = 1024 ** 3
const RESERVE_BYTES = 500 * 1024 ** 2

type Props = { readonly usage: StorageUsage; readonly storage: Storage }

/** How much of the disk photos may take, how much of that they do, and what is left of the disk. */
export function PhotoRoom({ usage, storage }: Props) {
  const t = useText()
  const times = useTimes()
  const budgetBytes = Number(usage.photoBudgetGib) * GIB
  const usedBytes = usage.photos.reduce((sum, { bytes }) => sum + bytes, 0)
  const smallBytes = usage.photos.find(({ kind }) => kind === 'thumbnails')?.bytes ?? 0
  const words = t('storage.used', { used: times.bytes(usedBytes), budget: times.bytes(budgetBytes) })
  return (
    <>
      <SettingsRow name={t('storage.budget')} hint={t('storage.budgetHint')} tall>
        <div className="flex flex-col items-end gap-2">
          <Segmented
            label={t('storage.budget')}
            value={usage.photoBudgetGib}
            options={PhotoBudgetGib.options.map((gib) => ({ value: gib, label: times.bytes(Number(gib) * GIB) }))}
            onChange={storage.setBudget}
          />
          <ProgressBar label={t('storage.budget')} part={Math.min(1, usedBytes / budgetBytes)} className="w-full" />
          <p role="status" className="text-11">
            {smallBytes > budgetBytes ? t('storage.small') : words}
          </p>
        </div>
      </SettingsRow>
      <SettingsRow name={t('storage.free')} hint={t('storage.freeHint')} tall>
        {usage.freeBytes === Number.MAX_SAFE_INTEGER ? (
          t('storage.freeUnknown')
        ) : usage.freeBytes < RESERVE_BYTES ? (
          <StatusDot tone="minor">{times.bytes(usage.freeBytes)}</StatusDot>
        ) : (
          times.bytes(usage.freeBytes)
        )}
      </SettingsRow>
    </>
  )
}
