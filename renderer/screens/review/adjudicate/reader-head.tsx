import { CommandKeys, useDispatcher } from '../../../commands/commands-context.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { useNow } from '../../../ui/use-now.ts'
import type { NamedRead } from '../reads-in-order.ts'

type Props = {
  readonly place: 0 | 1
  readonly named: NamedRead
  readonly isMine: boolean
  readonly shownVersion: number
}

/** Who read it, when, on which version; and the key that takes all of it over. */
export function ReaderHead({ place, named, isMine, shownVersion }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const dispatcher = useDispatcher()
  const { read, readerName, sent } = named
  const name = isMine ? t('review.you') : readerName === '' ? t('attention.someone') : readerName
  const isShown = read.sessionVersion === shownVersion
  const verb = place === 0 ? 'review.takeFirst' : 'review.takeSecond'
  return (
    <th scope="col" className="px-1.5 pb-1.5 font-normal">
      <span className="block text-13 font-semibold break-words">
        <span className="sr-only">{t(place === 0 ? 'adjudicate.first' : 'adjudicate.second')}: </span>
        {name}
      </span>
      {/* Each wraps as a whole. */}
      <span className="flex flex-wrap gap-x-1.5 text-11 text-dim tabular-nums">
        <span>
          {sent && read.recordedAtMs !== null ? times.clock(read.recordedAtMs, nowMs) : t('adjudicate.notSent')}
        </span>
        {isShown && <span>{t('adjudicate.version', { version: read.sessionVersion })}</span>}
      </span>
      {!isShown && (
        <span className="block text-11">
          <StatusDot tone="minor">
            <span className="whitespace-normal">
              {t('adjudicate.otherVersion', { version: read.sessionVersion, shown: shownVersion })}
            </span>
          </StatusDot>
        </span>
      )}
      <button
        type="button"
        aria-label={t('adjudicate.takeOverFrom', { name })}
        onClick={() => dispatcher.run(verb)}
        className="mt-1 inline-flex min-h-6 items-center gap-1.5 rounded-[4px] border border-line bg-raised px-1.5 text-11 text-dim hover:text-ink"
      >
        <CommandKeys id={verb} /> {t('adjudicate.takeOver')}
      </button>
    </th>
  )
}
