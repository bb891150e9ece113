import type { ReactNode } from 'react'
import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import { SCORE_FIELDS } from '../../../server/contract/domain/tags.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { scoreKey } from '../../text/words.ts'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useRules } from '../../ports/use-rules.ts'
import { useSettings } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { actionWords } from '../../text/action-words.ts'
import { detailLabel } from '../../text/detail-label.ts'

const TONES = { 1: 'ok', 2: 'minor', 3: 'off' } as const

/** What the author wanted beside what stands: the two that a person has to compare. */
export function BothValues({ entry }: { readonly entry: AttentionEntry }) {
  const t = useText()
  const own = t(entry.status === 'lost' ? 'attention.yoursLost' : 'attention.yours')
  const title = entry.authorName === undefined ? own : t('attention.brought.decided', { author: entry.authorName })
  return (
    <div className="grid max-w-[1100px] grid-cols-2 border border-line max-[1000px]:grid-cols-1">
      <Side title={title}>
        {entry.wanted === null ? (
          <p className="text-13 text-dim">{t('attention.unreadable')}</p>
        ) : (
          <Wanted wanted={entry.wanted} />
        )}
      </Side>
      <Side title={t('attention.stands')}>
        <Stands winner={entry.winner} />
      </Side>
    </div>
  )
}

function Side({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 p-4 not-first:border-l not-first:border-line max-[1000px]:not-first:border-t max-[1000px]:not-first:border-l-0">
      <h3 className="text-11 font-semibold text-dim">{title}</h3>
      {children}
    </div>
  )
}

function Wanted({ wanted }: { readonly wanted: RecordRead }) {
  const t = useText()
  const scored = SCORE_FIELDS.flatMap((field) => {
    const score = wanted[field]
    return score === null ? [] : [{ field, score }]
  })
  const { toothNumbers } = useSettings()
  const own = useRules(usePort()).details
  const details = wanted.detailTags.map((tag) => detailLabel(tag, t, toothNumbers, own))
  const purposes = [
    wanted.supersedes !== null && t('attention.wanted.replaces'),
    wanted.adjudicates.length > 0 && t('attention.wanted.settles'),
    wanted.secondReadId !== undefined && t('attention.wanted.second'),
  ].filter((purpose) => purpose !== false)
  return (
    <>
      <p className="text-15 font-medium break-words">{actionWords(wanted.action, t)}</p>
      {scored.length === 0 && <p className="text-13 text-dim">{t('attention.noScores')}</p>}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 text-13">
        {scored.map(({ field, score }) => (
          <div key={field} className="contents">
            <dt className="text-dim">{t(`score.${field}`)}</dt>
            <dd>
              <StatusDot tone={TONES[score]}>{t(scoreKey(field, score))}</StatusDot>
            </dd>
          </div>
        ))}
        {details.length > 0 && (
          <div className="contents">
            <dt className="text-dim">{t('attention.wanted.details')}</dt>
            <dd className="min-w-0 break-words">{details.join(', ')}</dd>
          </div>
        )}
        {purposes.length > 0 && (
          <div className="contents">
            <dt className="text-dim">{t('attention.wanted.for')}</dt>
            <dd className="min-w-0 break-words">{purposes.join('; ')}</dd>
          </div>
        )}
        {wanted.notes !== '' && (
          <div className="contents">
            <dt className="text-dim">{t('attention.note')}</dt>
            <dd className="min-w-0 break-words whitespace-pre-wrap">{wanted.notes}</dd>
          </div>
        )}
      </dl>
    </>
  )
}

function Stands({ winner }: { readonly winner: AttentionEntry['winner'] }) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  if (winner === null) return <p className="text-13 text-dim">{t('attention.nothingStands')}</p>
  const when = winner.recordedAtMs === null ? t('attention.notRecorded') : times.clock(winner.recordedAtMs, nowMs)
  const name = winner.deciderName === '' ? t('attention.someone') : winner.deciderName
  return (
    <>
      <p className="text-15 font-medium break-words">{actionWords(winner.action, t)}</p>
      <p className="text-13 break-words text-dim">
        {winner.mine ? t('attention.wonByYou', { when }) : t('attention.wonBy', { name, when })}
      </p>
      {winner.because !== undefined && (
        <p className="text-13 break-words whitespace-pre-wrap">{t('attention.because', { reason: winner.because })}</p>
      )}
    </>
  )
}
