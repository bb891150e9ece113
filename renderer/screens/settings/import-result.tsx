import type { ImportedOutbox, OutboxSummary } from '../../../preload/contract/outbox-file.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'

type Props = {
  readonly summary: OutboxSummary
  readonly result: ImportedOutbox
  readonly onAnother: () => void
  readonly onClose: () => void
}

/** What became of each change: carried out, refused, left out. */
export function ImportResult({ summary, result, onAnother, onClose }: Props) {
  const t = useText()
  const times = useTimes()
  const { authorName: author } = summary
  const rows = [
    { name: t('unsent.applied'), count: result.applied, why: t('unsent.appliedWhy', { author }), tone: 'ok' },
    { name: t('unsent.refused'), count: result.refused, why: t('unsent.refusedWhy', { author }), tone: 'off' },
    { name: t('unsent.leftOut'), count: result.leftOut, why: t('unsent.leftOutWhy', { author }), tone: 'minor' },
  ] as const
  return (
    <div role="status" className="flex flex-col gap-3">
      <h4 className="text-13 font-semibold">{t('unsent.result')}</h4>
      <dl className="grid grid-cols-[auto_auto_1fr] items-baseline gap-x-4 gap-y-2 text-13">
        {rows
          .filter(({ count, tone }) => count > 0 || tone === 'ok')
          .map(({ name, count, why, tone }) => (
            <div key={tone} className="contents">
              <dt>
                <StatusDot tone={tone}>{name}</StatusDot>
              </dt>
              <dd className="text-right font-semibold tabular-nums">{times.number(count)}</dd>
              <dd className="min-w-0 text-dim">
                {why}{' '}
                {tone === 'off' && (
                  <a href="#/attention" className="rounded-[1px] font-medium whitespace-nowrap text-accent underline">
                    {t('unsent.seeRefused')}
                  </a>
                )}
              </dd>
            </div>
          ))}
      </dl>
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onAnother}>
          {t('unsent.another')}
        </Button>
        <Button ref={focusIt} onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
    </div>
  )
}

function focusIt(element: HTMLElement | null) {
  element?.focus()
}
