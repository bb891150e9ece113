import type { KeyboardEvent, ReactNode } from 'react'
import { CommandKeys } from '../../commands/commands-context.tsx'
import type { TextKey } from '../../text/table.ts'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ACTION_FORM_ID, goOnAtEnd } from './element-ids.ts'

type FrameProps = {
  readonly title: TextKey
  readonly children: ReactNode
  readonly ready: boolean
  readonly onSubmit: () => void
  readonly onCancel: () => void
}

/** The frame of every form of the panel: title, fields, send and cancel. */
export function FormFrame({ title, children, ready, onSubmit, onCancel }: FrameProps) {
  const t = useText()
  return (
    <form
      id={ACTION_FORM_ID}
      aria-label={t(title)}
      className="flex flex-col gap-2 rounded-[6px] border border-accent p-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onSubmit()
      }}
    >
      <h2 className="text-13 font-semibold">{t(title)}</h2>
      {children}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={!ready}>
          {t('command.review.send')}
        </Button>
        <span className="self-center">
          <CommandKeys id="review.send" />
        </span>
      </div>
    </form>
  )
}

/** In a text field Escape belongs to the field; everywhere else the verb `review.close` leaves the form. */
export function leaveOnEscape(event: KeyboardEvent, onCancel: () => void) {
  if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
  event.preventDefault()
  onCancel()
}

/** A form takes the focus when it opens: the key that opened it was meant for it. */
export function focusFirst(element: HTMLElement | null) {
  element?.focus()
}
export function focusText(element: HTMLTextAreaElement | null) {
  element?.focus()
  if (element !== null) goOnAtEnd(element)
}
export function selectFirst(element: HTMLInputElement | null) {
  element?.focus()
  element?.select()
}
