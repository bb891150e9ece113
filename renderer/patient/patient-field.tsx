import type { KeyboardEvent } from 'react'
import type { Person } from '../../server/contract/domain/people.ts'
import { mayDecide } from '../../server/contract/domain/roles.ts'
import type { TextKey } from '../text/table.ts'
import { type Translate, useText } from '../text/text-context.tsx'
import { CHOICES, type EditableField, MAY_BE_EMPTY } from './patient-draft.ts'

type Props = {
  readonly id: string
  readonly field: EditableField
  readonly value: string
  /** Who works here: one of them may be the doctor. */
  readonly people: readonly Person[]
  readonly error: TextKey | undefined
  readonly isChanged: boolean
  /** What a colleague made of it while it was being edited; null when nobody did. */
  readonly moved: string | null
  readonly onChange: (value: string) => void
  readonly onLeave: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

const LOOK = 'h-8 w-full min-w-0 rounded-[5px] border border-line bg-bg px-2.5 text-13 text-ink aria-invalid:border-off'
const INPUTS: Readonly<Partial<Record<EditableField, { readonly type?: 'date'; readonly inputMode?: 'numeric' }>>> = {
  birthDate: { type: 'date' },
  currentStage: { inputMode: 'numeric' },
  totalStages: { inputMode: 'numeric' },
  scanFrequencyDays: { inputMode: 'numeric' },
}

/** One field with its name; what is wrong with it stands below, in a place that is kept. */
export function PatientField({
  id,
  field,
  value,
  people,
  error,
  isChanged,
  moved,
  onChange,
  onLeave,
  onKeyDown,
}: Props) {
  const t = useText()
  const noteId = `${id}-note`
  const common = {
    id,
    value,
    'aria-invalid': error !== undefined,
    'aria-describedby': error === undefined && moved === null ? undefined : noteId,
    onBlur: onLeave,
    onKeyDown,
    className: LOOK,
  }
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="flex justify-between gap-2 text-11 font-medium text-dim">
        {t(`patient.${field}`)}
        {isChanged && <span className="text-accent">{t('patient.isChanged')}</span>}
      </label>
      {field === 'status' || field === 'treatmentType' || field === 'doctorId' ? (
        <select {...common} onChange={(event) => onChange(event.target.value)}>
          {MAY_BE_EMPTY.includes(field) && <option value="">–</option>}
          {(field === 'doctorId' ? doctors(people, value, t) : choices(field, t)).map(([choice, word]) => (
            <option key={choice} value={choice}>
              {word}
            </option>
          ))}
        </select>
      ) : (
        <input {...common} {...INPUTS[field]} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
      )}
      <p id={noteId} role="status" className={`min-h-4 text-11 ${error === undefined ? 'text-minor' : 'text-off'}`}>
        {error !== undefined ? t(error) : moved !== null && t('patient.moved', { value: moved })}
      </p>
    </div>
  )
}

type Options = readonly (readonly [value: string, word: string])[]

function choices(field: keyof typeof CHOICES, t: Translate): Options {
  return CHOICES[field].map((choice) => [choice, t(choiceKey(field, choice))])
}

/** Who may decide; and whoever is the doctor now, although they left, or are not known yet. */
function doctors(people: readonly Person[], value: string, t: Translate): Options {
  const here = people
    .filter(({ id, roles }) => mayDecide(roles) || id === value)
    .map(({ id, displayName }) => [id, displayName] as const)
  const isHere = value === '' || here.some(([id]) => id === value)
  return isHere ? here : [[value, t('patient.someDoctor')], ...here]
}

type Choice = (typeof CHOICES)[keyof typeof CHOICES][number]

function choiceKey(field: keyof typeof CHOICES, choice: Choice): TextKey {
  // Each field has the words of its own choices; the pair is one of the two, never mixed.
  return (field === 'status' ? `patientStatus.${choice}` : `treatment.${choice}`) as TextKey
}
