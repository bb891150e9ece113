import type { SyncStatus } from '../../preload/contract/app-state.ts'
import { isConnecting } from '../ports/connecting.ts'
import { useImports } from '../screens/import/use-imports.ts'
import { type Translate, useText, useTimes } from '../text/text-context.tsx'
import { leftWords } from '../text/left.ts'
import { StatusDot, type Tone } from '../ui/status-dot.tsx'
import { Steady, useLargest } from '../ui/steady.tsx'
import { Hint } from '../ui/tooltip.tsx'
import { useCalm } from '../ui/use-calm.ts'
import { useNow } from '../ui/use-now.ts'

const TONES = { online: 'ok', offline: 'minor', refused: 'off', paused: 'dim' } as const satisfies Record<
  SyncStatus['connection'],
  Tone
>

/** Is it connected, is anything unsent or still to come, when was the last sync. */
export function SyncWords({ sync }: { readonly sync: SyncStatus }) {
  const t = useText()
  // What this computer still has to send: those that the server is verifying are there.
  const scanCount = useImports().imports.filter(({ state }) => state === 'waiting' || state === 'uploading').length
  const scans = t('status.scansWaiting', { count: scanCount })
  // Figures change many times a second while photos come: aloud only what matters, and not all the time.
  const aloud = useCalm([wordsAloud(sync, t), ...(scanCount > 0 ? [scans] : [])].join('. '))
  return (
    <div className="flex shrink-0 items-center gap-4 tabular-nums">
      <StatusDot tone={isConnecting(sync) ? 'dim' : TONES[sync.connection]}>{connectionWord(sync, t)}</StatusDot>
      {sync.copying === null && <LastSync atMs={sync.lastSyncedAtMs} />}
      {sync.waitingCount > 0 && <StatusDot tone="minor">{t('status.waiting', { count: sync.waitingCount })}</StatusDot>}
      {scanCount > 0 && (
        <a href="#/import" className="rounded-[1px] border-b border-minor">
          <StatusDot tone="minor">{scans}</StatusDot>
        </a>
      )}
      {sync.waitingCount === 0 && scanCount === 0 && <span>{t('status.nothingWaiting')}</span>}
      {sync.needsAttentionCount > 0 && (
        <a href="#/attention" className="rounded-[1px] border-b border-off">
          <StatusDot tone="off">{attentionWords(sync, t)}</StatusDot>
        </a>
      )}
      {sync.copying !== null && <Copying copying={sync.copying} />}
      {sync.copying === null && sync.photosWaitingCount > 0 && <Photos sync={sync} />}
      <p role="status" className="sr-only">
        {aloud}
      </p>
    </div>
  )
}

function connectionWord(sync: SyncStatus, t: Translate): string {
  if (isConnecting(sync)) return t('status.connecting')
  return t(sync.pulling && sync.connection === 'online' ? 'status.pulling' : `status.${sync.connection}`)
}

function attentionWords({ needsAttentionCount, confirmCount }: SyncStatus, t: Translate): string {
  const words = t('status.attention', { count: needsAttentionCount })
  return confirmCount === 0 ? words : `${words}, ${t('status.confirm', { count: confirmCount })}`
}

function wordsAloud(sync: SyncStatus, t: Translate): string {
  return [
    t(isConnecting(sync) ? 'status.connecting' : `status.${sync.connection}`),
    ...(sync.waitingCount > 0 ? [t('status.waiting', { count: sync.waitingCount })] : []),
    ...(sync.needsAttentionCount > 0 ? [attentionWords(sync, t)] : []),
  ].join('. ')
}

function LastSync({ atMs }: { readonly atMs: number | null }) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow(10_000)
  if (atMs === null) return <span>{t('status.neverSynced')}</span>
  return (
    <Hint hint={times.exact(atMs)}>
      <button type="button" className="rounded-[3px]">
        {t('status.synced', { when: times.ago(atMs, nowMs) })}
      </button>
    </Hint>
  )
}

/** The first copy has its place in the queue; here it and a later one are a figure. */
function Copying({ copying }: { readonly copying: NonNullable<SyncStatus['copying']> }) {
  const t = useText()
  const times = useTimes()
  const { rowsDone, rowsTotal } = copying
  const say = (part: number) => t('status.copying', { part: times.percent(part) })
  const part = rowsTotal === null || rowsTotal === 0 ? 0 : Math.min(1, rowsDone / rowsTotal)
  return <Steady widest={say(1)}>{say(part)}</Steady>
}

function Photos({ sync }: { readonly sync: SyncStatus }) {
  const t = useText()
  const times = useTimes()
  const say = (count: number) => t('status.photos', { count })
  const words = <Steady widest={say(useLargest(sync.photosWaitingCount))}>{say(sync.photosWaitingCount)}</Steady>
  if (sync.photosLeftMs === null) return words
  return (
    <Hint hint={leftWords(sync.photosLeftMs, t, times)}>
      <button type="button" className="rounded-[3px]">
        {words}
      </button>
    </Hint>
  )
}
