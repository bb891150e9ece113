import { CommandKeys } from '../../../commands/commands-context.tsx'
import { useText } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import type { Review } from '../use-review.ts'

type Props = { readonly review: Review; readonly onClose: () => void }

/** In the place of a case that is not (any more) on this computer: withdrawn just now, by a colleague, or unreadable. */
export function NotHere({ review, onClose }: Props) {
  const t = useText()
  const { batch, withdrawing } = review
  const id = batch.currentId
  const isLast = batch.index + 1 >= batch.order.length
  if (id === undefined) return null
  const leave = (
    <>
      {!isLast && (
        <Button onClick={batch.goNext}>
          {t('withdraw.next')} <CommandKeys id="review.next" />
        </Button>
      )}
      <Button onClick={onClose}>
        {t('command.review.close')} <CommandKeys id="review.close" />
      </Button>
    </>
  )
  if (withdrawing.isDone(id))
    return (
      <EmptyState title={t('withdraw.done')} action={leave}>
        {t('withdraw.doneHelp')}
      </EmptyState>
    )
  const code = batch.current?.kind === 'failed' ? batch.current.error.code : 'not-found'
  return (
    <EmptyState
      alert
      title={t('review.notThere')}
      action={
        <>
          <Button onClick={() => void batch.reload(id)}>{t('common.retry')}</Button>
          {leave}
        </>
      }
    >
      {t(code === 'not-found' ? 'withdraw.perhaps' : errorKey(code))}
    </EmptyState>
  )
}
