import { VIEWS, type View } from '../../../../server/contract/domain/views.ts'
import { useText } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { currentSlot, priorSlot } from '../case-photos.ts'
import type { StageProps } from '../stage.tsx'
import { Thumbnail } from '../thumbnail.tsx'
import { isLinedUp } from './pair-state.ts'
import { pairOf, usePair } from './use-pair.ts'

type Props = StageProps & { readonly vertical: boolean }

/** The five views as small pairs; the chosen one stands large beside them. */
export function ViewStrip(props: Props) {
  const t = useText()
  return (
    <div
      role="group"
      aria-label={t('review.views')}
      className={`grid h-full min-h-0 gap-px bg-line ${props.vertical ? 'grid-rows-5' : 'grid-cols-5'}`}
    >
      {VIEWS.map((view) => (
        <ViewButton key={view} {...props} view={view} />
      ))}
    </div>
  )
}

function ViewButton({ reviewCase, mode, context, view }: Props & { readonly view: View }) {
  const t = useText()
  const current = currentSlot(reviewCase, view)
  const prior = priorSlot(reviewCase, view, mode.priorId)
  const pair = pairOf(current, prior)
  const state = usePair(context.pairs, pair)
  const isActive = view === mode.activeView
  return (
    <button
      type="button"
      aria-pressed={isActive}
      onClick={() => context.select(view)}
      className={`flex min-h-0 min-w-0 flex-col bg-bg p-1 text-left ${isActive ? 'outline-2 -outline-offset-2 outline-accent' : ''}`}
    >
      <span className="flex min-w-0 flex-wrap gap-x-1.5 px-1 text-11 text-dim">
        <span className={isActive ? 'text-ink' : ''}>{t(`view.${view}`)}</span>
        {pair !== null && isLinedUp(state) && <StatusDot tone="ok">{t('compare.linedUpShort')}</StatusDot>}
        {state.phase === 'not_comparable' && <StatusDot tone="minor">{t('compare.notComparableShort')}</StatusDot>}
      </span>
      <span className="pointer-events-none flex min-h-0 w-full flex-1 gap-px">
        {[prior, current].map((slot, i) =>
          slot === undefined ? null : <Thumbnail key={i === 0 ? 'prior' : 'current'} slot={slot} context={context} />,
        )}
      </span>
    </button>
  )
}
