import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { ActionTaken } from '../../../server/contract/domain/tags.ts'
import { type View, VIEWS } from '../../../server/contract/domain/views.ts'
import { CommandKeys } from '../../commands/commands-context.tsx'
import type { TextKey } from '../../text/table.ts'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { flagsOf, type SlotFlag } from './case-photos.ts'
import { stageOf } from './draft.ts'
import { ACTION_FORM_ID } from './use-review.ts'

export type FormKind = 'approve' | 'hold' | 'message' | 'schedule' | 'retake' | 'refer'
type Props = {
  readonly kind: FormKind
  readonly reviewCase: ReviewCase
  readonly onDecide: (action: ActionTaken) => void
  readonly onCancel: () => void
}

/** What an action still needs to know. Enter or Mod+Enter sends, Escape leaves. */
export function ActionForm({ kind, reviewCase, onDecide, onCancel }: Props) {
  switch (kind) {
    case 'message':
      return (
        <Words
          title="command.review.message"
          label="review.messageText"
          max={2000}
          onCancel={onCancel}
          onSend={(text) => onDecide({ kind: 'message_patient', text })}
        />
      )
    case 'refer':
      return (
        <Words
          title="command.review.refer"
          label="review.referReason"
          max={500}
          onCancel={onCancel}
          onSend={(reason) => onDecide({ kind: 'refer', reason })}
        />
      )
    case 'hold':
      return (
        <Amount
          title="command.review.hold"
          label="review.holdDays"
          min={1}
          max={60}
          start={7}
          onCancel={onCancel}
          onSend={(days) => onDecide({ kind: 'hold_aligner', days })}
        />
      )
    case 'schedule':
      return (
        <Amount
          title="command.review.schedule"
          label="review.withinDays"
          min={0}
          max={365}
          start={14}
          onCancel={onCancel}
          onSend={(withinDays) => onDecide({ kind: 'schedule_appointment', withinDays })}
        />
      )
    case 'approve': {
      const stage = stageOf(reviewCase)
      return (
        <Amount
          title="command.review.approve"
          label={stage === null ? 'review.stageUnknown' : 'review.lastStage'}
          min={1}
          max={200}
          start={stage === null ? null : stage + 1}
          onCancel={onCancel}
          onSend={(toStage) => onDecide({ kind: 'approve_progression', toStage })}
        />
      )
    }
    case 'retake':
      return <Retake reviewCase={reviewCase} onCancel={onCancel} onSend={onDecide} />
  }
}

type FrameProps = {
  readonly title: TextKey
  readonly children: ReactNode
  readonly ready: boolean
  readonly onSubmit: () => void
  readonly onCancel: () => void
}

function Frame({ title, children, ready, onSubmit, onCancel }: FrameProps) {
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

const FIELD = 'w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink'

type WordsProps = {
  readonly title: TextKey
  readonly label: TextKey
  readonly max: number
  readonly onSend: (text: string) => void
  readonly onCancel: () => void
}

function Words({ title, label, max, onSend, onCancel }: WordsProps) {
  const t = useText()
  const [text, setText] = useState('')
  return (
    <Frame title={title} ready={text.trim() !== ''} onSubmit={() => onSend(text.trim())} onCancel={onCancel}>
      <label className="flex flex-col gap-1 text-11 text-dim">
        {t(label)}
        <textarea
          ref={focusFirst}
          rows={4}
          maxLength={max}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => leaveOnEscape(event, onCancel)}
          className={FIELD}
        />
      </label>
    </Frame>
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

function Amount({ title, label, min, max, start, onSend, onCancel }: AmountProps) {
  const t = useText()
  const [text, setText] = useState(start === null ? '' : String(start))
  const amount = Number(text)
  const ready = text !== '' && Number.isInteger(amount) && amount >= min && amount <= max
  return (
    <Frame title={title} ready={ready} onSubmit={() => onSend(amount)} onCancel={onCancel}>
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
    </Frame>
  )
}

const REASONS = [
  'retake_blur',
  'retake_angle',
  'retake_missing_view',
  'retake_fogged',
  'retake_tray_out',
  'retake_tray_in',
] as const
type Reason = (typeof REASONS)[number]
const REASON_OF_FLAG: Readonly<Partial<Record<SlotFlag, Reason>>> = {
  soft_focus: 'retake_blur',
  low_resolution: 'retake_blur',
  missing: 'retake_missing_view',
  refused: 'retake_missing_view',
  mirrored: 'retake_angle',
}

function Retake({
  reviewCase,
  onSend,
  onCancel,
}: {
  readonly reviewCase: ReviewCase
  readonly onSend: (action: ActionTaken) => void
  readonly onCancel: () => void
}) {
  const t = useText()
  const flags = flagsOf(reviewCase)
  const [views, setViews] = useState<ReadonlySet<View>>(() => new Set(flags.map((flag) => flag.view)))
  const [reasons, setReasons] = useState<ReadonlySet<Reason>>(
    () => new Set(flags.map(({ flag }) => REASON_OF_FLAG[flag]).filter((reason) => reason !== undefined)),
  )
  const chosen = VIEWS.filter((view) => views.has(view))
  return (
    <Frame
      title="command.review.retake"
      ready={chosen.length > 0}
      onSubmit={() =>
        onSend({ kind: 'request_retake', views: chosen, reasons: REASONS.filter((reason) => reasons.has(reason)) })
      }
      onCancel={onCancel}
    >
      <Checks
        legend={t('review.retakeViews')}
        options={VIEWS}
        chosen={views}
        label={(view) => t(`view.${view}`)}
        onChange={setViews}
        first
      />
      <Checks
        legend={t('review.retakeReasons')}
        options={REASONS}
        chosen={reasons}
        label={(reason) => t(`reason.${reason}`)}
        onChange={setReasons}
      />
    </Frame>
  )
}

type ChecksProps<V extends string> = {
  readonly legend: string
  readonly options: readonly V[]
  readonly chosen: ReadonlySet<V>
  readonly first?: boolean
  readonly label: (value: V) => string
  readonly onChange: (chosen: ReadonlySet<V>) => void
}

function Checks<V extends string>({ legend, options, chosen, first = false, label, onChange }: ChecksProps<V>) {
  return (
    <fieldset>
      <legend className="mb-1 text-11 text-dim">{legend}</legend>
      <div className="grid grid-cols-2 gap-x-3">
        {options.map((value, i) => (
          <label key={value} className="flex min-h-6 items-center gap-2 text-13">
            <input
              ref={first && i === 0 ? focusFirst : null}
              type="checkbox"
              className="accent-accent"
              checked={chosen.has(value)}
              onChange={(event) => {
                const next = new Set(chosen)
                if (event.target.checked) next.add(value)
                else next.delete(value)
                onChange(next)
              }}
            />
            {label(value)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** In a text field Escape belongs to the field; everywhere else the verb `review.close` leaves the form. */
function leaveOnEscape(event: KeyboardEvent, onCancel: () => void) {
  if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
  event.preventDefault()
  onCancel()
}

/** A form takes the focus when it opens: the key that opened it was meant for it. */
function focusFirst(element: HTMLElement | null) {
  element?.focus()
}
function selectFirst(element: HTMLInputElement | null) {
  element?.focus()
  element?.select()
}
