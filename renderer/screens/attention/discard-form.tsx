import { useId, useState } from 'react'
import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { CommandKeys } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { letGoOf, needsReason } from './attention-words.ts'
import { ATTENTION_FORM_ID } from './element-ids.ts'

type Props = {
  readonly entry: AttentionEntry
  readonly busy: boolean
  readonly onSend: (reason: string) => void
  readonly onCancel: () => void
}

/** What is in no record goes only with a reason; an action that lost or was corrected is in the record anyway. */
export function DiscardForm({ entry, busy, onSend, onCancel }: Props) {
  const t = useText()
  const noteId = useId()
  const [reason, setReason] = useState('')
  const words = letGoOf(entry)
  const ready = !busy && (!needsReason(entry) || reason.trim() !== '')
  const title = t(words.title)
  return (
    <form
      id={ATTENTION_FORM_ID}
      aria-label={title}
      className="flex max-w-[76ch] flex-col gap-2 rounded-[6px] border border-accent p-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onSend(reason.trim())
      }}
    >
      <h3 className="text-13 font-semibold">{title}</h3>
      <label className="flex flex-col gap-1 text-11 text-dim">
        {t(words.why)}
        <textarea
          ref={focusIt}
          rows={2}
          maxLength={500}
          aria-describedby={noteId}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
            event.preventDefault()
            onCancel()
          }}
          className="w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink"
        />
      </label>
      <p id={noteId} className="text-11 text-dim">
        {entry.status === 'stale' && `${t('attention.doNotSendHelp')} `}
        {t('attention.discardHelp')}
      </p>
      <div className="flex items-center justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={!ready}>
          {t(words.verb)}
        </Button>
        <CommandKeys id="attention.send" />
      </div>
    </form>
  )
}

/** The key that opened the form was meant for it. */
function focusIt(element: HTMLElement | null) {
  element?.focus()
  element?.scrollIntoView({ block: 'nearest' })
}
