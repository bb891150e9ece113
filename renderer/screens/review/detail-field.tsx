import { X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import type { DetailTag } from '../../../server/contract/domain/tags.ts'
import { CommandKeys, focusScreen } from '../../commands/commands-context.tsx'
import { useSettings } from '../../ports/live-state.tsx'
import { useText } from '../../text/text-context.tsx'
import { useDetailLabel, useDetailWords } from './decide/vocabulary.tsx'
import { parseDetail } from './parse-detail.ts'
import { DETAILS_ID } from './element-ids.ts'

type Props = {
  readonly details: readonly DetailTag[]
  readonly readOnly: boolean
  /** Its name stands elsewhere: in the head of its row. */
  readonly unlabelled?: boolean
  readonly onChange: (details: readonly DetailTag[]) => void
}

/** Details by typing: `unseat 22 0.5`, Enter. Backspace in the empty field takes the last one away. */
export function DetailField({ details, readOnly, unlabelled = false, onChange }: Props) {
  const t = useText()
  const { toothNumbers } = useSettings()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const [open, setOpen] = useState(false)
  const vocabulary = useDetailWords()
  const detailLabel = useDetailLabel()
  const { matches, unknownNumber } = parseDetail(typed, vocabulary, toothNumbers)
  const offered = open ? matches.slice(0, 6) : []

  function add(tag: DetailTag | undefined) {
    if (tag === undefined) return
    const same = (other: DetailTag) => other.code === tag.code && other.teeth.join() === tag.teeth.join()
    onChange([...details.filter((other) => !same(other)), tag])
    setTyped('')
    setChosen(0)
  }
  function key(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      if (typed.trim() !== '' || open) add(offered[chosen])
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      setChosen((was) =>
        Math.min(Math.max(0, was + (event.key === 'ArrowDown' ? 1 : -1)), Math.max(0, matches.length - 1, 0), 5),
      )
    } else if (event.key === 'Backspace' && typed === '') onChange(details.slice(0, -1))
    else if (event.key === 'Escape') {
      setTyped('')
      setOpen(false)
      focusScreen()
    }
  }
  return (
    <div className={unlabelled ? '' : 'px-1.5'}>
      {!unlabelled && (
        <div className="mb-1 flex justify-between text-13">
          <label htmlFor={DETAILS_ID} className="font-semibold">
            {t('review.details')}
          </label>
          <CommandKeys id="review.details" />
        </div>
      )}
      <div className="flex flex-wrap gap-1">
        {details.map((tag) => (
          <span
            key={`${tag.code} ${tag.teeth.join()}`}
            className="inline-flex h-6 items-center gap-1 rounded-[4px] border border-line bg-raised pl-1.5 text-13"
          >
            {detailLabel(tag)}
            {!readOnly && (
              <button
                type="button"
                aria-label={t('review.removeDetail', { detail: detailLabel(tag) })}
                onClick={() => onChange(details.filter((other) => other !== tag))}
                className="grid size-6 place-items-center text-dim hover:text-ink"
              >
                <X size={12} aria-hidden />
              </button>
            )}
          </span>
        ))}
        <div className="relative min-w-32 flex-1">
          <input
            id={DETAILS_ID}
            role="combobox"
            aria-expanded={offered.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-label={unlabelled ? t('review.details') : undefined}
            aria-activedescendant={offered.length > 0 ? `${listId}-${chosen}` : undefined}
            aria-invalid={unknownNumber !== null}
            autoComplete="off"
            disabled={readOnly}
            value={typed}
            placeholder={t('review.detailsHint')}
            onChange={(event) => {
              setTyped(event.target.value)
              setChosen(0)
              setOpen(event.target.value !== '')
            }}
            onKeyDown={key}
            onFocus={() => setOpen(typed !== '')}
            onBlur={() => setOpen(false)}
            className="h-6 w-full rounded-[4px] border border-line bg-bg px-2 text-13 text-ink placeholder:text-faint aria-invalid:border-off"
          />
          <ul
            id={listId}
            role="listbox"
            aria-label={t('review.details')}
            hidden={offered.length === 0}
            className="absolute right-0 left-0 z-20 mt-1 rounded-[5px] border border-line bg-panel p-1"
          >
            {offered.map((tag, i) => (
              <li
                key={tag.code}
                id={`${listId}-${i}`}
                role="option"
                aria-selected={i === chosen}
                onPointerDown={(event) => {
                  event.preventDefault()
                  add(tag)
                }}
                className={`rounded-[3px] px-2 py-0.5 text-13 ${i === chosen ? 'bg-selected' : ''}`}
              >
                {detailLabel(tag)}
              </li>
            ))}
          </ul>
        </div>
      </div>
      <p role="status" className="text-11 text-off">
        {unknownNumber !== null && t('review.unknownTooth', { number: unknownNumber })}
        {unknownNumber === null && typed.trim() !== '' && matches.length === 0 && t('review.unknownDetail')}
      </p>
    </div>
  )
}
