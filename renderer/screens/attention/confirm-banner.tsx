import { useLiveState } from '../../ports/live-state.tsx'
import { useText } from '../../text/text-context.tsx'
import { Banner } from '../../ui/banner.tsx'

/**
 * After a long time offline: what would reach patients waits for its author. Calm, and there until nothing waits; the
 * screen that settles it says it better, and photos keep the whole window.
 */
export function ConfirmBanner() {
  const t = useText()
  const count = useLiveState().sync?.confirmCount ?? 0
  if (count === 0) return null
  return (
    <Banner
      tone="minor"
      edge="top"
      action={
        <a href="#/attention" className="rounded-[1px] font-medium whitespace-nowrap text-accent underline">
          {t('attention.lookAtThem', { count })}
        </a>
      }
    >
      {t('attention.waiting', { count })}
    </Banner>
  )
}
