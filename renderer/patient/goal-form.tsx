import { useEffect, useRef, useState } from 'react'
import type { Goal, SaveGoal } from '../../server/contract/domain/goals.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { useText } from '../text/text-context.tsx'
import { errorKey } from '../text/words.ts'
import { Button } from '../ui/button.tsx'
import { useHeldDialog } from '../ui/dialog.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TextField } from '../ui/text-field.tsx'

const STATES = ['open', 'reached', 'dropped'] as const satisfies readonly Goal['state'][]

export type GoalValues = Omit<SaveGoal, 'id' | 'patientId'>

type Props = {
  readonly start: GoalValues
  /** A new one is open, and has no state to choose. */
  readonly isNew: boolean
  readonly submit: string
  readonly busy: boolean
  readonly failed: ErrorCode | null
  readonly onSave: (values: GoalValues) => void
  readonly onCancel: () => void
}

/** One goal: text, deadline, and the day before which nothing reminds of it. Enter saves. */
export function GoalForm({ start, isNew, submit, busy, failed, onSave, onCancel }: Props) {
  const t = useText()
  const form = useRef<HTMLFormElement>(null)
  const [text, setText] = useState(start.text)
  const [dueOn, setDueOn] = useState(start.dueOn ?? '')
  const [quietUntil, setQuietUntil] = useState(start.quietUntil ?? '')
  const [state, setState] = useState<Goal['state']>(start.state)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const was = [start.text, start.dueOn ?? '', start.quietUntil ?? '', start.state]
  useHeldDialog([text, dueOn, quietUntil, state].some((value, index) => value !== was[index]))
  const isTooQuiet = dueOn !== '' && quietUntil !== '' && quietUntil > dueOn
  const ready = text.trim() !== '' && !isTooQuiet && !busy
  const dayOrNone = (value: string) => (value === '' ? null : value)
  return (
    <form
      ref={form}
      aria-label={t(isNew ? 'goals.new' : 'goals.edit')}
      className="flex flex-col gap-3 rounded-[6px] border border-accent p-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onSave({ text: text.trim(), state, dueOn: dayOrNone(dueOn), quietUntil: dayOrNone(quietUntil) })
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
      {!isNew && (
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
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={!ready}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
