import type { OutboxSummary } from '../../../preload/contract/outbox-file.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { ImportFile } from './use-import-file.ts'

type Props = { readonly summary: OutboxSummary; readonly file: ImportFile; readonly onClose: () => void }

/** Whose work it is and how old; what went stale is sent only with a tick. */
export function ImportSummary({ summary, file, onClose }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const { authorName: author, staleCount } = summary
  const sentCount = summary.count - (file.confirmStale ? 0 : staleCount)
  const facts: readonly (readonly [string, string])[] = [
    [t('unsent.author'), author],
    [t('unsent.practice'), summary.practiceName],
    [t('unsent.exportedAt'), times.clock(summary.exportedAtMs, nowMs)],
    [t('unsent.count'), times.number(summary.count)],
    ...(staleCount > 0 ? [[t('unsent.stale'), times.number(staleCount)] as const] : []),
  ]
  return (
    <form
      aria-label={t('unsent.summary')}
      onSubmit={(event) => {
        event.preventDefault()
        file.send(summary)
      }}
      className="flex flex-col gap-3"
    >
      <h4 className="text-13 font-semibold">{t('unsent.summary')}</h4>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-13 tabular-nums">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-dim">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {staleCount > 0 && (
        <div className="flex flex-col gap-2 border-l-2 border-minor pl-3">
          <p className="text-13">{t('unsent.staleWhy', { author })}</p>
          <label className="flex items-start gap-2 text-13">
            <input
              type="checkbox"
              checked={file.confirmStale}
              onChange={(event) => file.setConfirmStale(event.target.checked)}
              className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
            />
            {t('unsent.confirmStale', { count: staleCount, author })}
          </label>
        </div>
      )}
      <p role="alert" className="min-h-5 text-13 text-off">
        {file.failed !== null && t('unsent.importBroken', { why: t(errorKey(file.failed)) })}
      </p>
      <div className="flex items-center justify-end gap-2">
        <span role="status" className="text-13 text-dim">
          {file.busy && t('unsent.importing')}
        </span>
        <Button look="quiet" onClick={onClose} disabled={file.busy}>
          {t('common.cancel')}
        </Button>
        <Button ref={focusIt} look="primary" type="submit" disabled={file.busy || sentCount === 0}>
          {t('unsent.importSubmit', { count: sentCount })}
        </Button>
      </div>
    </form>
  )
}

/** The field that had the focus is gone with its step. */
function focusIt(element: HTMLElement | null) {
  element?.focus()
}
