import { useSyncExternalStore } from 'react'
import type { PhotoCheck } from '../../../../preload/contract/photo-check.ts'
import { CommandKeys } from '../../../commands/commands-context.tsx'
import { useText } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import type { Slot } from '../case-photos.ts'
import type { CheckStore } from './check-store.ts'
import type { Doubt } from './doubts.ts'

export function useCheck(checks: CheckStore, { facts, view }: Pick<Slot, 'facts' | 'view'>): PhotoCheck | null {
  return useSyncExternalStore(checks.subscribe, () => checks.find(facts?.hash, view))
}

/** Shape and word; each is a guess of this computer, and says so by its question mark. */
export function DoubtMarks({ doubts }: { readonly doubts: readonly Doubt[] }) {
  const t = useText()
  return doubts.map((doubt) => (
    <StatusDot key={doubt.kind} tone="minor">
      {doubt.kind === 'wrong_view' && doubt.looksLike !== null
        ? t('check.looksLike', { view: t(`view.${doubt.looksLike}`) })
        : t(`check.${doubt.kind}`)}
    </StatusDot>
  ))
}

type OfferProps = {
  /** The key acts on the chosen view; a click on any. */
  readonly hasKey: boolean
  readonly onRetake: () => void
}

/** The way out of a doubtful photo. */
export function RetakeOffer({ hasKey, onRetake }: OfferProps) {
  const t = useText()
  return (
    <button
      type="button"
      onClick={onRetake}
      className="pointer-events-auto flex items-center gap-1.5 rounded-[3px] bg-black/75 px-1.5 py-0.5 text-11 text-[#e6e6e6] hover:bg-black"
    >
      {hasKey && <CommandKeys id="review.retakeFlagged" />} {t('command.review.retake')}
    </button>
  )
}
