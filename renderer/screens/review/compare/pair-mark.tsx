import { useText, useTimes } from '../../../text/text-context.tsx'
import type { TextKey } from '../../../text/table.ts'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { confidenceWord, isNudged, type PairState } from './pair-state.ts'

/** How the earlier photo lies, in words and a figure; a display aid. Nothing while it is being worked out but for a word. */
export function PairMark({ state }: { readonly state: PairState }) {
  return (
    <span className="contents" data-phase={state.phase}>
      <Words state={state} />
    </span>
  )
}

function Words({ state }: { readonly state: PairState }) {
  const t = useText()
  const times = useTimes()
  const { phase, alignment } = state
  if (phase === 'waiting') return <span className="text-[#b8b8b8]">{t('compare.aligning')}</span>
  if (phase === 'failed') return <StatusDot tone="dim">{t('compare.failed')}</StatusDot>
  if (phase === 'by_hand') return <StatusDot tone="ok">{t('compare.byHand')}</StatusDot>
  if (phase === 'not_comparable')
    return (
      <StatusDot tone="minor">
        {t('compare.notComparable', { reason: t(reasonKey(alignment?.reason ?? null)) })}
      </StatusDot>
    )
  const confidence = alignment?.confidence ?? 0
  const word = confidenceWord(confidence)
  const arch = alignment?.arch ?? 'both'
  return (
    <>
      <StatusDot tone={word === 'low' ? 'minor' : 'ok'}>
        {t('compare.aligned', { confidence: times.fixed(confidence, 2), word: t(`compare.sure.${word}`) })}
      </StatusDot>
      {arch !== 'both' && <span>{t(`compare.arch.${arch}`)}</span>}
      {alignment?.isGuarded === false && <span>{t('compare.unguarded')}</span>}
      {isNudged(state) && <span>{t('compare.nudged')}</span>}
    </>
  )
}

type Reason = NonNullable<NonNullable<PairState['alignment']>['reason']>

function reasonKey(reason: Reason | null): TextKey {
  return `compare.reason.${reason ?? 'too_few_points'}`
}
