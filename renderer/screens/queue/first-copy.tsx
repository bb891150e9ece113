import { leftWords } from '../../text/left.ts'
import { type Translate, useText, useTimes } from '../../text/text-context.tsx'
import type { Times } from '../../text/times.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { Steady } from '../../ui/steady.tsx'
import { useCalm } from '../../ui/use-calm.ts'
import type { FirstCopy } from './use-first-copy.ts'

type Props = { readonly copy: FirstCopy }

/** Aloud every half minute: it runs for minutes, and somebody is working meanwhile. */
const ALOUD_EVERY_MS = 30_000

/** Under the table: it comes and goes without moving a row. */
export function FirstCopyStrip({ copy }: Props) {
  const t = useText()
  return (
    <section
      aria-label={t('firstCopy.title')}
      className="flex h-9 shrink-0 items-center gap-4 overflow-hidden border-t border-line bg-panel px-4 text-13 whitespace-nowrap"
    >
      <span className="font-medium">{t('firstCopy.title')}</span>
      <ProgressBar label={t('firstCopy.title')} part={copy.part} paused={copy.paused} />
      <Figures copy={copy} />
      {copy.paused ? <Paused /> : <span className="min-w-0 truncate text-dim">{t('firstCopy.usable')}</span>}
      <Aloud copy={copy} />
    </section>
  )
}

/** In place of the rows that are not here yet. */
export function FirstCopyEmpty({ copy }: Props) {
  const t = useText()
  return (
    <div className="flex h-full flex-col justify-center">
      <div className="h-32">
        <EmptyState title={t('firstCopy.emptyTitle')}>{t('firstCopy.emptyHelp')}</EmptyState>
      </div>
      <div className="flex h-24 flex-col items-center gap-3 text-13">
        <ProgressBar label={t('firstCopy.title')} part={copy.part} paused={copy.paused} className="w-80" />
        <span className="flex gap-4">
          <Figures copy={copy} />
        </span>
        {copy.paused && <Paused />}
        <Aloud copy={copy} />
      </div>
    </div>
  )
}

function Figures({ copy }: Props) {
  const t = useText()
  const times = useTimes()
  const photos = (count: number) => t('firstCopy.photos', { count })
  return (
    <>
      <Steady widest={entryWords(copy, copy.rowsTotal ?? copy.rowsDone, t)}>
        {entryWords(copy, copy.rowsDone, t)}
      </Steady>
      {copy.photosLeft > 0 && <Steady widest={photos(copy.photosMost)}>{photos(copy.photosLeft)}</Steady>}
      {!copy.paused && copy.leftMs !== null && <span>{leftWords(copy.leftMs, t, times)}</span>}
    </>
  )
}

function Paused() {
  const t = useText()
  return (
    <span className="min-w-0">
      <StatusDot tone="minor" truncate>
        {t('firstCopy.paused')}
      </StatusDot>
    </span>
  )
}

function Aloud({ copy }: Props) {
  const t = useText()
  const times = useTimes()
  return (
    <p role="status" className="sr-only">
      {useCalm(wordsAloud(copy, t, times), ALOUD_EVERY_MS)}
    </p>
  )
}

function entryWords({ rowsTotal }: FirstCopy, done: number, t: Translate): string {
  return rowsTotal === null
    ? t('firstCopy.rowsOnly', { count: done })
    : t('firstCopy.rows', { done: Math.min(done, rowsTotal), total: rowsTotal })
}

function wordsAloud(copy: FirstCopy, t: Translate, times: Times): string {
  const part = copy.part === null ? [] : [times.percent(copy.part)]
  if (copy.paused) return [t('firstCopy.title'), ...part, t('firstCopy.paused')].join(', ')
  return [t('firstCopy.title'), ...part, ...(copy.leftMs === null ? [] : [leftWords(copy.leftMs, t, times)])].join(', ')
}
