import { useState } from 'react'
import { v7 as newId } from 'uuid'
import type { Goal } from '../../../../server/contract/domain/goals.ts'
import { GoalId, type PatientId } from '../../../../server/contract/domain/ids.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { GoalForm, type GoalValues } from '../../../patient/goal-form.tsx'
import { usePort } from '../../../ports/port-context.tsx'
import { useText } from '../../../text/text-context.tsx'

const EMPTY: GoalValues = { text: '', dueOn: null, quietUntil: null, state: 'open' }

type Props = {
  readonly patientId: PatientId
  /** Null for a new one. */
  readonly goal: Goal | null
  readonly onDone: () => void
}

/** Sets or changes one goal; saved on this computer before the form goes. */
export function EditGoal({ patientId, goal, onDone }: Props) {
  const t = useText()
  const port = usePort()
  const [id] = useState(() => goal?.id ?? GoalId.parse(newId()))
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  async function save(values: GoalValues) {
    setBusy(true)
    setFailed(null)
    try {
      await port.call('goals.save', { id, patientId, ...values })
      onDone()
    } catch (cause) {
      setFailed(AppError.from(cause).code)
      setBusy(false)
    }
  }
  return (
    <GoalForm
      start={goal ?? EMPTY}
      isNew={goal === null}
      submit={t('goals.save')}
      busy={busy}
      failed={failed}
      onSave={(values) => void save(values)}
      onCancel={onDone}
    />
  )
}
