import type { MutationId, SessionId } from '../../../server/contract/domain/ids.ts'
import { useCommands, useFocusOnOpen } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { EntryDetail } from './entry-detail.tsx'
import { EntryList } from './entry-list.tsx'
import { type Attention, type Notice, type Refused, useAttention } from './use-attention.ts'

type Props = {
  readonly selectedId: MutationId | null
  readonly onSelect: (id: MutationId | null) => void
  readonly onOpen: (sessionId: SessionId) => void
  readonly onReplace: (refused: Refused) => void
  /** Opens the page with the practice's rules. */
  readonly onRules: () => void
}

/** What the server did not do as its author wanted: why, and what can be done. Nothing leaves it by itself. */
export function AttentionScreen(props: Props) {
  const t = useText()
  const attention = useAttention(props)
  const { entries, notice } = attention
  useCommands('attention', attention.commands)
  useFocusOnOpen()
  return (
    <main data-command-root tabIndex={-1} className="flex h-full flex-col">
      <header className="flex shrink-0 flex-wrap items-baseline gap-x-4 border-b border-line px-4 py-2.5">
        <h1 className="text-18 font-semibold">{t('attention.title')}</h1>
        {entries !== null && entries.length > 0 && (
          <span className="text-13 text-dim tabular-nums">{t('attention.count', { count: entries.length })}</span>
        )}
        {/* In the place of the explanation: nothing below it moves. */}
        {notice === null ? (
          <p className="basis-full text-13 text-dim">{t('attention.about')}</p>
        ) : (
          <NoticeLine notice={notice} />
        )}
      </header>
      <div className="min-h-0 flex-1">
        <Body attention={attention} />
      </div>
    </main>
  )
}

function NoticeLine({ notice }: { readonly notice: Notice }) {
  const t = useText()
  const failed = notice.key === 'attention.notDone'
  return (
    <p role={failed ? 'alert' : 'status'} className="basis-full text-13 break-words">
      <span className={failed ? 'text-off' : 'text-ok'}>
        {failed ? t(notice.key, { why: t(errorKey(notice.why)) }) : t(notice.key)}
      </span>
    </p>
  )
}

function Body({ attention }: { readonly attention: Attention }) {
  const t = useText()
  const { entries, selected } = attention
  if (attention.failed)
    return (
      <EmptyState
        title={t('attention.failed')}
        alert
        action={<Button onClick={attention.reload}>{t('common.retry')}</Button>}
      >
        {t('attention.failedSafe')}
      </EmptyState>
    )
  if (entries === null) return null // it comes within a frame or two
  if (selected === undefined) return <EmptyState title={t('attention.empty')}>{t('attention.emptyHelp')}</EmptyState>
  return (
    <div className="grid h-full grid-cols-[clamp(240px,28vw,400px)_1fr]">
      <EntryList entries={entries} selected={attention.index} onSelect={attention.select} />
      <EntryDetail key={selected.mutationId} entry={selected} attention={attention} />
    </div>
  )
}
