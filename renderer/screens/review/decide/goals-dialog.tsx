import { useEffect, useState } from 'react'
import type { Goal } from '../../../../server/contract/domain/goals.ts'
import type { PatientId } from '../../../../server/contract/domain/ids.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { focusScreen, useKeysForDialog } from '../../../commands/commands-context.tsx'
import { usePort } from '../../../ports/port-context.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { EditGoal } from './edit-goal.tsx'
import { deadlineWords, isOverdue, isQuiet } from '../../../patient/goal-words.ts'

type Props = {
  readonly patientId: PatientId | null
  readonly patientName: string
  readonly readOnly: boolean
  readonly onClose: () => void
}
type Load = { readonly of: PatientId; readonly goals: readonly Goal[]; readonly error: ErrorCode | null }

/** Every goal of one patient, open and closed, and the form that sets or changes one. Null closes it. */
export function GoalsDialog({ patientId, patientName, readOnly, onClose }: Props) {
  const t = useText()
  const port = usePort()
  const [load, setLoad] = useState<Load | null>(null)
  useEffect(() => {
    if (patientId === null) return undefined
    const id = patientId
    /** Counts questions; the answer to an earlier one is dropped. */
    let question = 0
    function ask() {
      question += 1
      const mine = question
      port.call('goals.ofPatient', { patientId: id }).then(
        (goals) => mine === question && setLoad({ of: id, goals, error: null }),
        (cause) => mine === question && setLoad({ of: id, goals: [], error: AppError.from(cause).code }),
      )
    }
    ask()
    const end = port.on('store.changed', ({ practice }) => practice && ask())
    return () => {
      question = -1
      end()
      focusScreen()
    }
  }, [port, patientId])
  // It comes within a frame or two: before that there is nothing to open.
  const current = patientId !== null && load?.of === patientId ? load : null
  useKeysForDialog(patientId !== null && current === null)
  return (
    <Dialog
      open={current !== null}
      onClose={onClose}
      overPhotos
      title={t('goals.title', { name: patientName })}
      description={t('goals.description')}
    >
      {current?.error != null && (
        <p role="alert" className="p-4 text-13">
          {t(errorKey(current.error))}
        </p>
      )}
      {current !== null && current.error === null && (
        <Goals key={current.of} patientId={current.of} goals={current.goals} readOnly={readOnly} />
      )}
    </Dialog>
  )
}

type ListProps = { readonly patientId: PatientId; readonly goals: readonly Goal[]; readonly readOnly: boolean }

function Goals({ patientId, goals, readOnly }: ListProps) {
  const t = useText()
  /** The goal in the form; `new` for one that is not there yet. Without goals the form is what one came for. */
  const [edited, setEdited] = useState<Goal['id'] | 'new' | null>(goals.length === 0 && !readOnly ? 'new' : null)
  const open = goals.filter(({ state }) => state === 'open')
  const inOrder = [...open, ...goals.filter(({ state }) => state !== 'open')]
  return (
    <div className="flex flex-col gap-3 p-4">
      {goals.length === 0 && <p className="text-13 text-dim">{t('goals.none')}</p>}
      {goals.length > 0 && (
        <ul className="flex flex-col">
          {inOrder.map((goal) => (
            <li key={goal.id} className="border-row-line py-1.5 not-first:border-t">
              {edited === goal.id ? (
                <EditGoal patientId={patientId} goal={goal} onDone={() => setEdited(null)} />
              ) : (
                <GoalRow goal={goal} onEdit={readOnly ? null : () => setEdited(goal.id)} />
              )}
            </li>
          ))}
        </ul>
      )}
      {edited === 'new' && <EditGoal patientId={patientId} goal={null} onDone={() => setEdited(null)} />}
      {edited === null && !readOnly && (
        <Button className="self-start" onClick={() => setEdited('new')}>
          {t('goals.new')}
        </Button>
      )}
    </div>
  )
}

function GoalRow({ goal, onEdit }: { readonly goal: Goal; readonly onEdit: (() => void) | null }) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const deadline = deadlineWords(goal, nowMs, t, times)
  const facts = [
    ...(goal.state === 'open' ? [] : [t(`goals.state.${goal.state}`)]),
    ...(deadline === '' || isOverdue(goal, nowMs) ? [] : [deadline]),
    ...(isQuiet(goal, nowMs) && goal.quietUntil !== null
      ? [t('goals.quiet', { day: times.day(goal.quietUntil, nowMs) })]
      : []),
  ]
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0 text-13">
        <p className={`break-words ${goal.state === 'open' ? '' : 'text-dim'}`}>{goal.text}</p>
        <p className="flex flex-wrap gap-x-2 text-11 text-dim">
          {isOverdue(goal, nowMs) && <StatusDot tone="minor">{deadline}</StatusDot>}
          {facts.join(' · ')}
        </p>
      </div>
      {onEdit !== null && (
        <Button look="quiet" aria-label={`${t('goals.edit')}: ${goal.text}`} onClick={onEdit}>
          {t('goals.edit')}
        </Button>
      )}
    </div>
  )
}
