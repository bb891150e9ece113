import { X } from 'lucide-react'
import { useText } from '../text/text-context.tsx'
import { Banner } from '../ui/banner.tsx'
import { NoticeActions, NoticeWords } from './notice-words.tsx'
import type { Notices } from './use-notices.ts'

/**
 * The most important notice, one at a time. It stands under the screen, not over it: what a person reads or is about to
 * press stays where it is, the screen only ends a line earlier. Review has no room to give; there the status bar says it.
 */
export function NoticeBanner({ notices }: { readonly notices: Notices }) {
  const t = useText()
  const { banner } = notices
  if (banner === undefined) return null
  return (
    <Banner
      key={banner.id}
      tone={banner.tone}
      alert={banner.tone === 'off'}
      edge="top"
      action={
        <span className="flex shrink-0 items-center gap-2">
          <NoticeActions notice={banner} notices={notices} />
          {banner.mayHide && (
            <button
              type="button"
              aria-label={t('notice.dismiss')}
              onClick={() => notices.hide(banner.id)}
              className="grid size-7 place-items-center rounded-[5px] text-dim hover:text-ink"
            >
              <X size={16} aria-hidden />
            </button>
          )}
        </span>
      }
    >
      <NoticeWords notice={banner} notices={notices} />
    </Banner>
  )
}
