import { type ReactNode, useEffect, useState } from 'react'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { CommandKeys, focusScreen } from '../../../commands/commands-context.tsx'
import { useText } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'

type Props = {
  readonly children: ReactNode
  /** Whether what was entered may be sent. */
  readonly ready: boolean
  /** Closes the dialog itself; what it rejects with is told, and what was entered stays. */
  readonly send: () => Promise<void>
  readonly submit: string
  /** Before the reason, when it could not be sent. */
  readonly failed: string
  readonly busy?: string
  readonly onCancel: () => void
}

/** The form of a dialog over a case: sent by its button, or by the chord in whichever field. */
export function SendForm({ children, ready, send, submit, failed, busy = '', onCancel }: Props) {
  const t = useText()
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<ErrorCode | null>(null)
  // A field took the focus when the dialog opened; the case has it again afterwards.
  useEffect(() => focusScreen, [])
  const maySend = ready && !isBusy
  async function trySend() {
    if (!maySend) return
    setIsBusy(true)
    setCode(null)
    try {
      await send()
    } catch (cause) {
      setCode(AppError.from(cause).code)
      setIsBusy(false)
    }
  }
  return (
    // Keys of its fields come through here; it is none of them itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="flex flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        void trySend()
      }}
      onKeyDown={(event) => {
        // The dialog rests the verbs of the screen behind it: its own Mod+Enter is here.
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
        event.preventDefault()
        void trySend()
      }}
    >
      {children}
      <p role="alert" className="min-h-5 text-13 text-off">
        {code !== null && `${failed} ${t(errorKey(code))}`}
      </p>
      <div className="flex items-center justify-end gap-2">
        <span role="status" className="text-13 text-dim">
          {isBusy && busy}
        </span>
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={!maySend}>
          {submit}
        </Button>
        <CommandKeys id="review.send" />
      </div>
    </form>
  )
}
