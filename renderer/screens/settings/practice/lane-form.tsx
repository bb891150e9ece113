import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { Person } from '../../../../server/contract/domain/people.ts'
import type { LaneCondition, PracticeLane } from '../../../../server/contract/domain/practice-rules.ts'
import { useText } from '../../../text/text-context.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { showWhole } from './show-whole.ts'
import { useWouldHold } from './use-would-hold.ts'
import { CONDITION_KINDS, newCondition, valuesOf, valueWords } from './condition-words.ts'

const MOST_CONDITIONS = 6

type Props = {
  /** Null for a new one. */
  readonly lane: PracticeLane | null
  readonly people: readonly Person[]
  readonly isTaken: (name: string) => boolean
  readonly onSave: (lane: PracticeLane) => void
  readonly onCancel: () => void
}

/** A lane's name and its conditions, all of which a scan has to meet. */
export function LaneForm({ lane, people, isTaken, onSave, onCancel }: Props) {
  const t = useText()
  const [name, setName] = useState(lane?.name ?? '')
  const [conditions, setConditions] = useState<readonly LaneCondition[]>(
    lane?.conditions ?? [newCondition('missing_photos')],
  )
  const held = useWouldHold(conditions)
  const trimmed = name.trim()
  const taken = isTaken(trimmed)
  const isReady = trimmed !== '' && !taken
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    onCancel()
  }
  return (
    // Keys of its fields and buttons come through here; it is none of them itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={showWhole}
      onKeyDown={leave}
      className="flex flex-col gap-2 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onSave({ id: lane?.id ?? newLaneId(), name: trimmed, conditions: [...conditions] })
      }}
    >
      <TextField
        label={t('practice.laneName')}
        value={name}
        maxLength={40}
        autoFocus
        onChange={(event) => setName(event.target.value)}
        error={taken ? t('practice.laneNameTaken') : undefined}
        keepsNote
        className="w-72"
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 text-11 font-medium text-dim">{t('practice.conditions')}</legend>
        {conditions.map((condition, index) => (
          // A condition is its place: two of the same kind may stand side by side.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className="flex items-center gap-2">
            <ConditionFields
              place={index + 1}
              condition={condition}
              people={people}
              onChange={(to) => setConditions(conditions.with(index, to))}
            />
            <button
              type="button"
              aria-label={t('practice.conditionRemove', { count: index + 1 })}
              disabled={conditions.length === 1}
              onClick={() => setConditions(conditions.toSpliced(index, 1))}
              className="grid size-6 place-items-center rounded-[4px] text-dim hover:text-ink disabled:opacity-35"
            >
              <X size={14} aria-hidden />
            </button>
          </div>
        ))}
      </fieldset>
      {/* As high as its line from the start. */}
      <p role="status" className="min-h-5 text-13 text-dim tabular-nums">
        {held !== null && t('practice.laneWouldHold', { count: held })}
      </p>
      <span className="flex gap-2 pt-1">
        <Button
          onClick={() => setConditions([...conditions, newCondition('flagged')])}
          disabled={conditions.length >= MOST_CONDITIONS}
        >
          {t('practice.conditionAdd')}
        </Button>
        <Button type="submit" look="primary" disabled={!isReady}>
          {t('practice.save')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </span>
    </form>
  )
}

type FieldsProps = {
  readonly place: number
  readonly condition: LaneCondition
  readonly people: readonly Person[]
  readonly onChange: (to: LaneCondition) => void
}

function ConditionFields({ place, condition, people, onChange }: FieldsProps) {
  const t = useText()
  const values = valuesOf(condition, people)
  const words = (value: LaneCondition) => valueWords(value, people, t) ?? ''
  return (
    <>
      <Select
        label={t('practice.condition', { count: place })}
        value={condition.is}
        options={CONDITION_KINDS.map((is) => ({ value: is, label: t(`practice.is.${is}`) }))}
        onChange={(is) => onChange(newCondition(is))}
      />
      {values.length > 0 && (
        <Select
          label={t('practice.conditionValue', { count: place })}
          value={JSON.stringify(condition)}
          options={values.map((value) => ({ value: JSON.stringify(value), label: words(value) }))}
          onChange={(text) => {
            const chosen = values.find((value) => JSON.stringify(value) === text)
            if (chosen !== undefined) onChange(chosen)
          }}
        />
      )}
    </>
  )
}

/** Eight random hex digits: unique among a dozen lanes, and no name of anything. */
function newLaneId(): string {
  return crypto.randomUUID().slice(0, 8)
}
