import { useState } from 'react'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { listName } from '../../../../server/contract/domain/patients.ts'
import { useLiveState } from '../../../ports/live-state.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { focusFirst } from '../form-frame.tsx'
import { SendForm } from './send-form.tsx'
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
  const { session, patient } = reviewCase
  const whose = { name: listName(patient), day: times.day(session.capturedOn, nowMs) }
  return (
    <SendForm
      ready={reason.trim() !== '' && isSure}
      send={() => withdrawing.withdraw(session.id, reason.trim())}
      submit={t('withdraw.submit')}
      failed={t('withdraw.failed')}
      busy={t('withdraw.busy')}
      onCancel={withdrawing.close}
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
    </SendForm>
  )
}
