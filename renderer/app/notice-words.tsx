import type { TextKey } from '../text/table.ts'
import { useText, useTimes } from '../text/text-context.tsx'
import { errorKey } from '../text/words.ts'
import { Button } from '../ui/button.tsx'
import type { Notice, NoticeAction } from './notices.ts'
import type { Notices } from './use-notices.ts'

const ACTION_WORDS = {
  signIn: 'status.signInAgain',
  syncNow: 'notice.syncNow',
  storage: 'notice.storage',
  export: 'notice.export',
} as const satisfies Record<NoticeAction, TextKey>

type Props = { readonly notice: Notice; readonly notices: Notices }

/** What happened, what is safe, what to do. */
export function NoticeWords({ notice, notices }: Props) {
  const t = useText()
  const times = useTimes()
  const { signIn } = notices
  if (notice.id === 'signed-out' && signIn.kind === 'failed') return t(errorKey(signIn.code))
  if (notice.id === 'signed-out' && signIn.kind === 'waiting') return t('access.signIn.waitingHelp')
  return t(notice.say, notice.spanMs === null ? {} : { span: times.inWords(notice.spanMs) })
}

export function NoticeActions({ notice, notices, onAct }: Props & { readonly onAct?: () => void }) {
  const t = useText()
  return notice.actions.map((action) => (
    <Button
      key={action}
      onClick={() => {
        onAct?.()
        notices.act(action)
      }}
    >
      {t(ACTION_WORDS[action])}
    </Button>
  ))
}
