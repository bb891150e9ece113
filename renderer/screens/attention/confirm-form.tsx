import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { CommandKeys } from '../../commands/commands-context.tsx'
import { useText, useTimes } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/use-now.ts'
import { actionWords } from '../../text/action-words.ts'
import { nameOf } from './attention-words.ts'
import { ATTENTION_FORM_ID } from './element-ids.ts'

type Props = {
  readonly entry: AttentionEntry
  readonly busy: boolean
  readonly onSend: () => void
  readonly onCancel: () => void
}

/** The last look before an old instruction reaches a patient. Its own focus is on nothing that a stray key could press. */
export function ConfirmForm({ entry, busy, onSend, onCancel }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  if (entry.wanted === null) return null
  const title = t('attention.confirmTitle', { name: nameOf(entry, t) })
  return (
    <form
      ref={(form) => form?.focus()}
      id={ATTENTION_FORM_ID}
      tabIndex={-1}
      data-keeps-focus
      aria-label={title}
      className="flex max-w-[76ch] flex-col gap-2 rounded-[6px] border border-accent p-3 outline-none"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) onSend()
      }}
    >
      <h3 className="text-13 font-semibold">{title}</h3>
      <p className="text-15 font-medium break-words">{actionWords(entry.wanted.action, t)}</p>
      <p className="text-13 text-dim">
        {t('attention.confirmAge', { age: times.span(nowMs - entry.wanted.readAtMs) })}
      </p>
      <div className="flex items-center justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={busy}>
          {t('attention.sendNow')}
        </Button>
        <CommandKeys id="attention.send" />
      </div>
    </form>
  )
}
