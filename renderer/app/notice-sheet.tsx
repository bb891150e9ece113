import { useText } from '../text/text-context.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { StatusDot } from '../ui/status-dot.tsx'
import { NoticeActions, NoticeWords } from './notice-words.tsx'
import type { Notices } from './use-notices.ts'

type Props = {
  readonly open: boolean
  readonly notices: Notices
  readonly onClose: () => void
  /** Opened over the dark review surround. */
  readonly overPhotos: boolean
}

/** All that is to be said now, hidden ones included: the way to them in review, and by key. */
export function NoticeSheet({ open, notices, onClose, overPhotos }: Props) {
  const t = useText()
  return (
    <Dialog open={open} title={t('notice.list')} description={null} onClose={onClose} overPhotos={overPhotos}>
      {notices.all.length === 0 && <p className="p-4 text-13 text-dim">{t('notice.none')}</p>}
      <ul>
        {notices.all.map((notice) => (
          <li key={notice.id} className="flex flex-col gap-2 border-b border-row-line p-4 last:border-0">
            <h3 className="text-13 font-semibold">
              <StatusDot tone={notice.tone}>{t(notice.title)}</StatusDot>
            </h3>
            <p className="text-13">
              <NoticeWords notice={notice} notices={notices} />
            </p>
            {notice.actions.length > 0 && (
              <div className="flex gap-2">
                <NoticeActions
                  notice={notice}
                  notices={notices}
                  {...(!notice.actions.includes('signIn') && { onAct: onClose })}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
