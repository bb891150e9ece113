import { useEffect, useRef, useState } from 'react'
import { v7 as newId } from 'uuid'
import type { Goal } from '../../../../server/contract/domain/goals.ts'
import { GoalId, type PatientId } from '../../../../server/contract/domain/ids.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { usePort } from '../../../ports/port-context.tsx'
import { useText } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { TextField } from '../../../ui/text-field.tsx'

const STATES = ['open', 'reached', 'dropped'] as const satisfies readonly Goal['state'][]

type Props = {
  readonly patientId: PatientId
  /** Null for a new one. */
  readonly goal: Goal | null
  readonly onDone: () => void
}

/** One goal: text, deadline, and the day before which nothing reminds of it. Enter saves. */
export function GoalForm({ patientId, goal, onDone }: Props) {
  const t = useText()
  const port = usePort()
  const form = useRef<HTMLFormElement>(null)
  const [id] = useState(() => goal?.id ?? GoalId.parse(newId()))
  const [text, setText] = useState(goal?.text ?? '')
  const [dueOn, setDueOn] = useState(goal?.dueOn ?? '')
  const [quietUntil, setQuietUntil] = useState(goal?.quietUntil ?? '')
  const [state, setState] = useState<Goal['state']>(goal?.state ?? 'open')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const isTooQuiet = dueOn !== '' && quietUntil !== '' && quietUntil > dueOn
  const ready = text.trim() !== '' && !isTooQuiet && !busy

  async function save() {
    if (!ready) return
    setBusy(true)
    setFailed(null)
    try {
      await port.call('goals.save', {
        id,
        patientId,
        text: text.trim(),
        state,
        dueOn: dueOn === '' ? null : dueOn,
        quietUntil: quietUntil === '' ? null : quietUntil,
      })
      onDone()
    } catch (cause) {
      setFailed(AppError.from(cause).code)
      setBusy(false)
    }
  }
  return (
    <form
      ref={form}
      aria-label={t(goal === null ? 'goals.new' : 'goals.edit')}
      className="flex flex-col gap-3 rounded-[6px] border border-accent p-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextField
        label={t('goals.text')}
        maxLength={300}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('goals.dueOn')}
          type="date"
          value={dueOn}
          keepsNote
          onChange={(event) => setDueOn(event.target.value)}
        />
        <TextField
          label={t('goals.quietUntil')}
          type="date"
          value={quietUntil}
          keepsNote
          error={isTooQuiet ? t('goals.quietAfterDue') : undefined}
          onChange={(event) => setQuietUntil(event.target.value)}
        />
      </div>
      {goal !== null && (
        <Segmented<Goal['state']>
          label={t('goals.state')}
          value={state}
          options={STATES.map((value) => ({ value, label: t(`goals.state.${value}`) }))}
          onChange={setState}
        />
      )}
      <p role="alert" className="min-h-5 text-13 text-off">
        {failed !== null && `${t('goals.failed')} ${t(errorKey(failed))}`}
      </p>
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={!ready}>
          {t('goals.save')}
        </Button>
      </div>
    </form>
  )
}
