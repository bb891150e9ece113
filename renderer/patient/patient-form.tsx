import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { PatientFields } from '../../server/contract/domain/patients.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { usePort } from '../ports/port-context.tsx'
import { useText, useTimes } from '../text/text-context.tsx'
import { errorKey } from '../text/words.ts'
import { Button } from '../ui/button.tsx'
import { useHeldDialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { useNow } from '../ui/use-now.ts'
import { useDispatcher } from '../commands/commands-context.tsx'
import { keyCaps } from '../commands/keys.ts'
import {
  draftOfPatient,
  EDITABLE_FIELDS,
  type EditableField,
  type PatientDraft,
  type PatientErrors,
  type PatientSet,
  readDraft,
} from './patient-draft.ts'
import { PatientField } from './patient-field.tsx'
import { fieldWords } from './patient-words.ts'
import { usePeople } from './use-people.ts'

type Props = {
  /** What is entered already when the form opens; every other field shows what stands. */
  readonly start?: Partial<PatientDraft>
  /** What stands now, and may move while the form is open: only what differs from it is saved. */
  readonly now: PatientFields
  readonly submit: string
  readonly busy: boolean
  readonly failed: ErrorCode | null
  readonly onSave: (set: PatientSet) => void
  readonly onCancel: () => void
}

/** All fields of a patient. Errors stand at their fields, once something was sent or the field was left. */
export function PatientForm({ start = {}, now, submit, busy, failed, onSave, onCancel }: Props) {
  const t = useText()
  const id = useId()
  const people = usePeople(usePort())
  const words = { t, times: useTimes(), nowMs: useNow(), people }
  const { isMac } = useDispatcher()
  const [first] = useState(start)
  const [edits, setEdits] = useState(first)
  /** What stood when the form opened: a field that a colleague changes under one's hands says so. */
  const [seen] = useState(now)
  const draft = { ...draftOfPatient(now), ...edits }
  const [left, setLeft] = useState<ReadonlySet<EditableField>>(new Set())
  const { set, errors } = readDraft(draft, now)
  const changed = Object.keys(set).length
  useHeldDialog(edits !== first && (changed > 0 || Object.keys(errors).length > 0))
  const shown: PatientErrors = Object.fromEntries(
    Object.entries(errors).filter(([field]) => left.has(field as EditableField)),
  )
  // After the dialog has noted where the focus was, and before anything is painted.
  useEffect(() => queueMicrotask(() => document.getElementById(`${id}-${EDITABLE_FIELDS[0]}`)?.focus()), [id])
  const firstWrong = EDITABLE_FIELDS.find((field) => errors[field] !== undefined)

  function send() {
    if (busy) return
    setLeft(new Set(EDITABLE_FIELDS))
    if (firstWrong !== undefined) return document.getElementById(`${id}-${firstWrong}`)?.focus()
    if (changed > 0) onSave(set)
  }
  /** The command dispatcher rests while a dialog is open. */
  function chord(event: KeyboardEvent) {
    const mod = isMac ? event.metaKey : event.ctrlKey
    if (event.key !== 'Enter' || !mod || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (!event.repeat) send()
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-3 p-4 [@media(max-height:800px)]:gap-1 [@media(max-height:800px)]:py-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className="grid grid-cols-2 gap-x-4 gap-y-1 [@media(max-height:800px)]:gap-y-0 max-[560px]:grid-cols-1">
        {EDITABLE_FIELDS.map((field) => (
          <PatientField
            key={field}
            id={`${id}-${field}`}
            field={field}
            value={draft[field]}
            people={people}
            error={shown[field]}
            isChanged={field in set}
            moved={field in edits && now[field] !== seen[field] ? fieldWords(field, now[field], words) : null}
            onChange={(value) => setEdits((was) => ({ ...was, [field]: value }))}
            onKeyDown={chord}
            onLeave={() => setLeft((was) => new Set(was).add(field))}
          />
        ))}
      </div>
      <p role="status" className="min-h-5 text-13 text-dim">
        {failed === null ? (
          firstWrong === undefined &&
          t(changed === 0 ? 'patient.nothingChanged' : 'patient.changed', { count: changed })
        ) : (
          <span role="alert" className="text-off">
            {t('patient.notSaved')} {t(errorKey(failed))}
          </span>
        )}
      </p>
      <div className="flex items-center justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={busy || (changed === 0 && firstWrong === undefined)}>
          {submit}
        </Button>
        <span className="inline-flex gap-0.5">
          {keyCaps('Mod+Enter', isMac).map((cap) => (
            <KeyCap key={cap}>{cap}</KeyCap>
          ))}
        </span>
      </div>
    </form>
  )
}
