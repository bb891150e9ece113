import { memo } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import { listName } from '../../../server/contract/domain/patients.ts'
import { CommandKeys, useDispatcher } from '../../commands/commands-context.tsx'
import { useLiveState } from '../../ports/live-state.tsx'
import { useText, useTimes } from '../../text/text-context.tsx'
import { ageInYears } from '../../text/times.ts'
import { Pill } from '../../ui/pill.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { flagsOf } from './case-photos.ts'
import { CaseMenu } from './case-menu.tsx'
import { BatchLeft } from './decide/batch-left.tsx'
import { CaseClock } from './decide/case-clock.tsx'
import { GoalPill } from './decide/goal-pill.tsx'
import { PresenceMark } from './decide/presence-mark.tsx'
import { FlagMark } from './flag-mark.tsx'
import { isAsTold, type LateProps } from './late.ts'
import type { Review } from './use-review.ts'

type Props = { readonly review: Review; readonly nowMs: number }

const DAY_MS = 86_400_000

/** Whose case it is and what to know of it before the photos; how far one is, and how long this one takes. */
export const CaseHeader = memo(function CaseHeader({ review, nowMs, isLate }: Props & LateProps) {
  const t = useText()
  const { reviewCase, batch, times, rules } = review
  const { index } = batch
  const total = batch.order.length
  return (
    <header className="flex h-10 shrink-0 items-center gap-4 overflow-hidden border-b border-line bg-panel px-4">
      {isLate || reviewCase === undefined ? (
        <h1 className="flex-1 text-15 font-semibold">
          {/* While a case is read its name comes in a moment: no other word flashes in its place. */}
          <span className={index < total ? 'sr-only' : ''}>{t('review.title')}</span>
        </h1>
      ) : (
        <WhoseCase review={review} reviewCase={reviewCase} nowMs={nowMs} />
      )}
      {index < total && <BatchLeft {...{ times, index, total }} budgetSeconds={rules.budgetSeconds} />}
      {reviewCase !== undefined && <CaseClock times={times} budgetSeconds={rules.budgetSeconds} />}
      <SyncState nowMs={nowMs} />
    </header>
  )
}, isAsTold)

function WhoseCase({ review, reviewCase, nowMs }: Props & { readonly reviewCase: ReviewCase }) {
  const t = useText()
  const times = useTimes()
  const { patient, session, doctorName } = reviewCase
  const stage = session.stage ?? patient.currentStage
  const flags = flagsOf(reviewCase)
  const facts = [
    stage === null
      ? null
      : patient.totalStages === null
        ? t('review.aligner', { stage })
        : t('queue.aligner', { stage, total: patient.totalStages }),
    patient.birthDate === null
      ? null
      : `${t('review.age', { years: ageInYears(patient.birthDate, nowMs) })}, ${times.day(patient.birthDate, nowMs)}`,
    patient.alignerBrand,
    doctorName,
  ].filter((fact) => fact !== null)
  return (
    <div className="flex min-w-0 flex-1 items-center gap-4 overflow-hidden max-[1400px]:gap-3">
      <h1
        dir="auto"
        className="max-w-[26vw] shrink-0 truncate text-15 font-semibold max-[1400px]:max-w-[15vw]"
        title={listName(patient)}
      >
        {listName(patient)}
      </h1>
      <PresenceMark presence={review.presence} nowMs={nowMs} />
      <span className="min-w-20 shrink-[4] truncate text-13 text-dim" title={facts.join(' · ')}>
        {facts.join(' · ')}
      </span>
      <PatientButton />
      <CaseMenu />
      <GoalPill goals={reviewCase.goals} nowMs={nowMs} />
      <span className="shrink-0" title={times.exact(session.submittedAtMs)}>
        <Pill>
          {t('review.scanOf', { day: times.day(session.capturedOn, nowMs) })}
          {/* Later it is a date once more. */}
          {nowMs - session.submittedAtMs < DAY_MS && (
            <span className="whitespace-pre max-[1600px]:hidden">{` · ${times.ago(session.submittedAtMs, nowMs)}`}</span>
          )}
        </Pill>
      </span>
      {flags.slice(0, 2).map(({ view, flag }) => (
        <span
          key={`${view} ${flag}`}
          // In a narrower window the photos say it themselves.
          className="inline-flex h-5 items-center gap-1 rounded-[3px] border border-line px-1.5 text-11 whitespace-nowrap max-[1700px]:hidden"
        >
          {t(`view.${view}`)} <FlagMark flag={flag} />
        </span>
      ))}
      {flags.length > 2 && (
        <span className="text-11 whitespace-nowrap text-dim max-[1700px]:hidden">
          {t('queue.moreFlags', { count: flags.length - 2 })}
        </span>
      )}
    </div>
  )
}

/** The patient's details, by key or by mouse. */
function PatientButton() {
  const t = useText()
  const dispatcher = useDispatcher()
  return (
    <button
      type="button"
      onClick={() => dispatcher.run('review.patient')}
      className="inline-flex min-h-6 shrink-0 items-center gap-1.5 text-11 text-dim hover:text-ink"
    >
      <CommandKeys id="review.patient" /> <span className="max-[1600px]:sr-only">{t('command.review.patient')}</span>
    </button>
  )
}

function SyncState({ nowMs }: { readonly nowMs: number }) {
  const t = useText()
  const times = useTimes()
  const { sync } = useLiveState()
  if (sync === null) return null
  const when =
    sync.lastSyncedAtMs === null
      ? t('status.neverSynced')
      : t('status.synced', { when: times.ago(sync.lastSyncedAtMs, nowMs) })
  const word = sync.connection === 'online' ? when : t(`status.${sync.connection}`)
  return (
    <span role="status" title={when} className="flex gap-3 text-13">
      {sync.waitingCount > 0 && (
        <span className="whitespace-nowrap text-dim">{t('status.waiting', { count: sync.waitingCount })}</span>
      )}
      <StatusDot tone={sync.connection === 'online' ? 'ok' : 'minor'}>{word}</StatusDot>
    </span>
  )
}
