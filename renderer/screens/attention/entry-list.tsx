import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { nameOf, STATUS_TONES } from './attention-words.ts'

type Props = {
  readonly entries: readonly AttentionEntry[]
  readonly selected: number
  readonly onSelect: (index: number) => void
}

export function EntryList({ entries, selected, onSelect }: Props) {
  const t = useText()
  const nowMs = useNow()
  const current = entries[selected]
  return (
    <nav aria-label={t('attention.list')} className="min-h-0 overflow-auto border-r border-line bg-panel">
      {/* The keys move a selection, not the focus: it is said aloud here. */}
      <p role="status" className="sr-only">
        {current !== undefined &&
          t('attention.position', { index: selected + 1, total: entries.length, name: nameOf(current, t) })}
      </p>
      <ul>
        {entries.map((entry, index) => (
          <li key={entry.mutationId} className="border-b border-row-line">
            <button
              ref={index === selected ? showIt : undefined}
              type="button"
              aria-current={index === selected ? 'true' : undefined}
              onClick={() => onSelect(index)}
              className="flex w-full flex-col gap-0.5 border-l-2 border-transparent px-4 py-2 text-left aria-[current]:border-accent aria-[current]:bg-selected"
            >
              <EntryLines entry={entry} nowMs={nowMs} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function EntryLines({ entry, nowMs }: { readonly entry: AttentionEntry; readonly nowMs: number }) {
  const t = useText()
  const times = useTimes()
  return (
    <>
      <span className="flex w-full items-baseline justify-between gap-3">
        <span className="min-w-0 truncate text-13 font-medium" title={nameOf(entry, t)}>
          {nameOf(entry, t)}
        </span>
        <span className="shrink-0 text-11 text-dim tabular-nums">{times.ago(entry.atMs, nowMs)}</span>
      </span>
      <span className="flex w-full text-11">
        <StatusDot tone={STATUS_TONES[entry.status]} truncate>
          {t(`attention.status.${entry.status}`)}
          {entry.authorName !== undefined && ` · ${entry.authorName}`}
        </StatusDot>
      </span>
    </>
  )
}

function showIt(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' })
}
