import { useState } from 'react'
import type { TextKey } from '../../text/table.ts'
import { useText } from '../../text/text-context.tsx'
import { focusText, FormFrame, leaveOnEscape, selectFirst } from './form-frame.tsx'

const FIELD = 'w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink'

type TextProps = {
  readonly title: TextKey
  readonly label: TextKey
  readonly max: number
  readonly text: string
  readonly onText: (text: string) => void
  readonly onSend: (text: string) => void
  readonly onCancel: () => void
}

/** An action that needs a text. */
export function TextForm({ title, label, max, text, onText, onSend, onCancel }: TextProps) {
  const t = useText()
  return (
    <FormFrame title={title} ready={text.trim() !== ''} onSubmit={() => onSend(text.trim())} onCancel={onCancel}>
      <label className="flex flex-col gap-1 text-11 text-dim">
        {t(label)}
        <textarea
          ref={focusText}
          rows={4}
          maxLength={max}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => leaveOnEscape(event, onCancel)}
          className={FIELD}
        />
      </label>
    </FormFrame>
  )
}

type AmountProps = {
  readonly title: TextKey
  readonly label: TextKey
  readonly min: number
  readonly max: number
  readonly start: number | null
  readonly onSend: (amount: number) => void
  readonly onCancel: () => void
}

/** An action that needs a whole number. */
export function AmountForm({ title, label, min, max, start, onSend, onCancel }: AmountProps) {
  const t = useText()
  const [text, setText] = useState(start === null ? '' : String(start))
  const amount = Number(text)
  const ready = text !== '' && Number.isInteger(amount) && amount >= min && amount <= max
  return (
    <FormFrame title={title} ready={ready} onSubmit={() => onSend(amount)} onCancel={onCancel}>
      <label className="flex flex-col gap-1 text-11 text-dim">
        {t(label)}
        <input
          ref={selectFirst}
          inputMode="numeric"
          aria-invalid={text !== '' && !ready}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => leaveOnEscape(event, onCancel)}
          className={`${FIELD} max-w-24 aria-invalid:border-off`}
        />
      </label>
      {text !== '' && !ready && (
        <p role="status" className="text-11 text-off">
          {t('review.amountBetween', { min, max })}
        </p>
      )}
    </FormFrame>
  )
}
