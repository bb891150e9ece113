import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { isPatientFacing } from '../../../../server/contract/domain/tags.ts'
import { actionWords } from '../../../text/action-words.ts'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { Button } from '../../../ui/button.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { CommandKeys, useDispatcher } from '../../../commands/commands-context.tsx'
import { ReadWords } from '../corners.tsx'
import { PANEL_ID } from '../element-ids.ts'
import { PanelMessages } from '../panel-parts.tsx'
import { inOrder, type NamedRead } from '../reads-in-order.ts'
import type { Review } from '../use-review.ts'
import type { Revealed } from './use-second-reads.ts'

type Props = {
  readonly review: Review
  readonly reviewCase: ReviewCase
  readonly revealed: Revealed
  readonly myId: string | undefined
}

/** In the panel's place after a blind read: that it was one, both reads, and what was not sent. */
export function SecondReadPanel({ review, reviewCase, revealed, myId }: Props) {
  const t = useText()
  const dispatcher = useDispatcher()
  const reads = inOrder(reviewCase.reads)
  const own = reads.find(({ read }) => read.readId === revealed.readId)
  const others = reads.filter((named) => named !== own)
  const isThere = own !== undefined && others.length > 0
  return (
    <aside
      id={PANEL_ID}
      aria-label={t('review.panel')}
      className="flex h-full min-h-0 flex-col border-l border-line bg-panel"
    >
      <div role="status" className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3 text-13">
        <h2 className="text-15 font-semibold">{t('second.title')}</h2>
        <p className="text-dim">{t('second.about')}</p>
        {isThere ? (
          <>
            <p>
              {reviewCase.state === 'discordant' ? (
                <StatusDot tone="minor">
                  <span className="whitespace-normal">{t('second.differ')}</span>
                </StatusDot>
              ) : (
                <StatusDot tone="ok">{t('second.agree')}</StatusDot>
              )}
            </p>
            {others.map((named) => (
              <OneRead key={named.read.readId} named={named} isMine={named.read.readerId === myId} />
            ))}
            <OneRead named={own} isMine isNew />
          </>
        ) : (
          <p className="text-dim">{t('second.loading')}</p>
        )}
        {isPatientFacing(revealed.wanted.kind) && (
          <p className="rounded-[5px] border border-line px-3 py-2 break-words">
            {t('second.wanted', { action: actionWords(revealed.wanted, t) })}
            <span className="mt-1 block text-11 text-dim">{t('second.notSent')}</span>
          </p>
        )}
      </div>
      <div className="flex shrink-0 flex-wrap gap-2 border-t border-line px-3 pt-2">
        <span className="inline-flex items-center gap-2">
          <Button look="primary" onClick={() => dispatcher.run('review.next')}>
            {t('second.next')}
          </Button>
          <CommandKeys id="review.next" />
        </span>
        <Button onClick={() => dispatcher.run('review.close')}>
          {t('second.goOn')} <CommandKeys id="review.close" />
        </Button>
      </div>
      <PanelMessages review={review} />
    </aside>
  )
}

type OneProps = { readonly named: NamedRead; readonly isMine: boolean; readonly isNew?: boolean }

function OneRead({ named: { read, readerName }, isMine, isNew = false }: OneProps) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const when = read.recordedAtMs === null ? t('adjudicate.notSent') : times.clock(read.recordedAtMs, nowMs)
  const title = isNew
    ? t('second.yours')
    : isMine
      ? t('second.firstOwn', { when })
      : t('second.first', { name: readerName, when })
  return (
    <section className="rounded-[5px] border border-line px-3 py-2">
      <h3 className="text-11 font-semibold text-dim">{title}</h3>
      <ReadWords read={read} />
      {!isNew && <p className="text-dim">{actionWords(read.action, t)}</p>}
      {read.notes !== '' && <p className="break-words whitespace-pre-line">{read.notes}</p>}
    </section>
  )
}
