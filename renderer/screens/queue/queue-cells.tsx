import { OVERDUE_AFTER_MS, type QueueRow } from '../../../preload/contract/queue.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { scoreKey } from '../../text/words.ts'
import { StatusDot, TONE_TEXT } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useCachedPhoto } from './use-cached-photo.ts'
import { TRACKING_TONE, useFlagWords, useMarks } from './row-words.ts'

type Props = { readonly row: QueueRow }

export function PatientCell({ row }: Props) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      {/* A name is cut at its own end, whichever way it is read. */}
      <span dir="auto" className="truncate normal-nums" title={row.patientName}>
        {row.patientName}
      </span>
      <Marks row={row} />
    </span>
  )
}

/** A question that waits for the person who looks, and a goal that is not in its quiet period: shapes, named. */
function Marks({ row }: Props) {
  const marks = useMarks(row).filter(({ isQuiet }) => !isQuiet)
  if (marks.length === 0) return null
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      {marks.map(({ Icon, tone, words }) => (
        <span key={words} role="img" aria-label={words} title={words} className={TONE_TEXT[tone]}>
          <Icon size={14} aria-hidden />
        </span>
      ))}
    </span>
  )
}

export function PhotosCell({ row }: Props) {
  const t = useText()
  return (
    <span className="flex items-center gap-2">
      <span className="block h-[26px] w-10 shrink-0 overflow-hidden rounded-[2px] bg-raised">
        {row.thumbnail !== null && <RowPhoto key={row.thumbnail} hash={row.thumbnail} />}
      </span>
      <span
        className={row.photoCount < 5 ? 'text-minor' : 'text-dim'}
        title={t('queue.photoCount', { count: row.photoCount })}
      >
        {row.photoCount}
      </span>
    </span>
  )
}

function RowPhoto({ hash }: { readonly hash: string }) {
  const { src, fail } = useCachedPhoto(hash)
  if (src === null) return null
  return <img alt="" src={src} loading="lazy" decoding="async" onError={fail} className="size-full object-cover" />
}

export function StageCell({ row }: Props) {
  const t = useText()
  if (row.stage === null) return <span className="text-dim">–</span>
  return row.totalStages === null ? row.stage : t('queue.stageOf', { stage: row.stage, total: row.totalStages })
}

export function SubmittedCell({ row }: Props) {
  const times = useTimes()
  return <span title={times.exact(row.submittedAtMs)}>{times.clock(row.submittedAtMs, useNow())}</span>
}

export function WaitCell({ row }: Props) {
  const t = useText()
  const times = useTimes()
  const waitMs = useNow() - row.submittedAtMs
  if (row.state !== 'waiting') return null
  const isOverdue = waitMs > OVERDUE_AFTER_MS
  return (
    <span className={isOverdue ? 'text-off' : ''} title={times.exact(row.submittedAtMs)}>
      {isOverdue && (
        <span role="img" aria-label={t('queue.overdue')} className="mr-1 text-[9px]">
          ■
        </span>
      )}
      {times.span(waitMs)}
    </span>
  )
}

export function DoctorCell({ row }: Props) {
  return (
    <span className="truncate" title={row.doctorName ?? ''}>
      {row.doctorName ?? <span className="text-dim">–</span>}
    </span>
  )
}

export function LastReadCell({ row }: Props) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      {row.state !== 'waiting' && (
        <span className="shrink-0">
          <StateWord row={row} />
        </span>
      )}
      <span className="truncate">
        <LastReadWords row={row} />
      </span>
    </span>
  )
}

export function StateWord({ row }: Props) {
  const t = useText()
  const tone = row.state === 'discordant' ? 'flag' : row.state === 'waiting' ? 'dim' : 'ok'
  return <StatusDot tone={tone}>{t(`state.${row.state}`)}</StatusDot>
}

/** `minor deviation · slight unseat · hygiene fair · held`: what is well is left out after the first word. */
export function LastReadWords({ row }: Props) {
  const t = useText()
  const read = row.lastRead
  if (read === null) return <span className="text-dim">{row.firstScan ? t('queue.firstScan') : '–'}</span>
  const { overallTracking, alignerFit, oralHygiene, action } = read
  const rest = [
    alignerFit === null ? null : t(scoreKey('alignerFit', alignerFit)),
    oralHygiene === null || oralHygiene === 1
      ? null
      : t('queue.hygiene', { word: t(scoreKey('oralHygiene', oralHygiene)) }),
    action === 'hold_aligner' ? t('action.hold_aligner') : null,
  ].filter((part) => part !== null)
  return (
    <>
      {overallTracking !== null && (
        <span className={TONE_TEXT[TRACKING_TONE[overallTracking]]}>
          {t(scoreKey('overallTracking', overallTracking))}
        </span>
      )}
      {overallTracking !== null && rest.length > 0 && ' · '}
      {rest.join(' · ')}
    </>
  )
}

export function FlagsCell({ row }: Props) {
  const t = useText()
  const flags = useFlagWords(row, 'viewShort')
  const [first, ...more] = flags
  if (first === undefined) return null
  return (
    <span className="flex min-w-0 items-center gap-2" title={flags.map((flag) => flag.words).join('\n')}>
      <StatusDot tone={first.tone} truncate>
        {first.words}
      </StatusDot>
      {more.length > 0 && (
        <span className="shrink-0 text-dim" aria-label={t('queue.moreFlags', { count: more.length })} role="note">
          +{more.length}
        </span>
      )}
    </span>
  )
}
