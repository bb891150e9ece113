import { useEffect, useState } from 'react'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { listName } from '../../../../server/contract/domain/patients.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { CommandKeys, focusScreen } from '../../../commands/commands-context.tsx'
import { useLiveState } from '../../../ports/live-state.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { focusFirst } from '../form-frame.tsx'
import type { Withdrawing } from './use-withdrawing.ts'

/** Reason, a tick, and then the button: what it does cannot be undone from a workstation. */
export function WithdrawDialog({ withdrawing }: { readonly withdrawing: Withdrawing }) {
  const t = useText()
  const { asked, close } = withdrawing
  return (
    <Dialog
      open={asked !== null}
      onClose={close}
      title={t('withdraw.title')}
      description={t('withdraw.what')}
      overPhotos
    >
      {asked !== null && <WithdrawForm key={asked.session.id} reviewCase={asked} withdrawing={withdrawing} />}
    </Dialog>
  )
}

function WithdrawForm({
  reviewCase,
  withdrawing,
}: {
  readonly reviewCase: ReviewCase
  readonly withdrawing: Withdrawing
}) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const { sync } = useLiveState()
  const [reason, setReason] = useState('')
  const [isSure, setIsSure] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  useEffect(() => focusScreen, [])
  const { session, patient } = reviewCase
  const whose = { name: listName(patient), day: times.day(session.capturedOn, nowMs) }
  const ready = reason.trim() !== '' && isSure && !busy
  async function send() {
    if (!ready) return
    setBusy(true)
    setFailed(null)
    try {
      await withdrawing.withdraw(session.id, reason.trim())
    } catch (cause) {
      setFailed(AppError.from(cause).code)
      setBusy(false)
    }
  }
  return (
    // Keys of its fields come through here; it is none of them itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="flex flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
        event.preventDefault()
        void send()
      }}
    >
      <p className="text-15 font-medium break-words">{t('withdraw.whose', whose)}</p>
      <p className="text-13">{t('withdraw.what')}</p>
      <p className="text-13 text-dim">{t('withdraw.kept')}</p>
      {sync !== null && sync.connection !== 'online' && (
        <p className="text-13">
          <StatusDot tone="minor">
            <span className="whitespace-normal">{t('withdraw.needsServer')}</span>
          </StatusDot>
        </p>
      )}
      <label className="flex flex-col gap-1 text-11 text-dim">
        {t('withdraw.reason')}
        <textarea
          ref={focusFirst}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink"
        />
      </label>
      <label className="flex items-start gap-2 text-13">
        <input
          type="checkbox"
          checked={isSure}
          onChange={(event) => setIsSure(event.target.checked)}
          className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
        />
        {t('withdraw.sure', whose)}
      </label>
      <p role="alert" className="min-h-5 text-13 text-off">
        {failed !== null && `${t('withdraw.failed')} ${t(errorKey(failed))}`}
      </p>
      <div className="flex items-center justify-end gap-2">
        <span role="status" className="text-13 text-dim">
          {busy && t('withdraw.busy')}
        </span>
        <Button look="quiet" onClick={withdrawing.close}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={!ready}>
          {t('withdraw.submit')}
        </Button>
        <CommandKeys id="review.send" />
      </div>
    </form>
  )
}
