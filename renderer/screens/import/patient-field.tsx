import { type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { listName, type Patient } from '../../../server/contract/domain/patients.ts'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import type { ChosenPatient } from './import-form.ts'

type Props = {
  readonly field: RefObject<HTMLInputElement | null>
  readonly chosen: ChosenPatient | null
  readonly onChoose: (patient: ChosenPatient | null) => void
}

const SHOWN = 6

/** A combobox: type a name or reference, arrows choose, Enter takes. The last line is a reference nobody has yet. */
export function PatientField({ field, chosen, onChoose }: Props) {
  const t = useText()
  const id = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const typed = text.trim()
  /** Enter, pressed before these words had been looked for. */
  const awaited = useRef<string | null>(null)
  function take(option: ChosenPatient | undefined) {
    if (option === undefined) return
    onChoose(option)
    setText('')
    setActive(0)
    awaited.current = null
  }
  const { found, isFor } = usePatients(typed, (answer) => {
    if (awaited.current === answer.isFor) take(optionsOf(answer)[active])
  })
  const options = typed === '' ? [] : optionsOf({ found, isFor: typed })
  // Who was found for fewer letters is not who is meant.
  const isCurrent = isFor === typed
  function change() {
    onChoose(null)
    // The field takes the place of the button that was pressed.
    requestAnimationFrame(() => field.current?.focus())
  }
  if (chosen !== null) {
    return (
      <div className="flex flex-col gap-1">
        <span className="text-11 font-medium text-dim">{t('import.patient')}</span>
        <div className="flex h-8 items-center justify-between gap-3">
          <span className="min-w-0 truncate text-13 font-medium">{chosen.label}</span>
          <Button look="quiet" ref={focusHere} onClick={change}>
            {t('import.changePatient')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className="relative flex flex-col gap-1">
      <label htmlFor={id} className="text-11 font-medium text-dim">
        {t('import.patient')}
      </label>
      <input
        ref={field}
        id={id}
        role="combobox"
        aria-expanded={options.length > 0 && typed !== ''}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(options.length > 0 && typed !== '' && { 'aria-activedescendant': `${id}-${active}` })}
        autoComplete="off"
        maxLength={100}
        placeholder={t('import.patientHint')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
          awaited.current = null
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || typed === '') return
          if (event.key === 'ArrowDown') setActive((n) => Math.min(options.length - 1, n + 1))
          else if (event.key === 'ArrowUp') setActive((n) => Math.max(0, n - 1))
          else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
            if (isCurrent) take(options[active])
            else awaited.current = typed
          } else if (event.key === 'Escape') setText('')
          else return
          event.preventDefault()
        }}
        className="h-8 rounded-[5px] border border-line bg-bg px-2.5 text-13 text-ink placeholder:text-faint"
      />
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={t('import.patient')}
        hidden={typed === '' || options.length === 0}
        className="absolute top-full right-0 left-0 z-20 mt-1 rounded-[5px] border border-line bg-panel p-1"
      >
        {options.map((option, index) => (
          <li
            key={option.label}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => {
              event.preventDefault()
              take(option)
            }}
            className="truncate rounded-[3px] px-2 py-1 text-13 aria-selected:bg-selected"
          >
            {'reference' in option.input ? t('import.newReference', { reference: option.label }) : option.label}
          </li>
        ))}
      </ul>
      {typed !== '' && isCurrent && found.length === 0 && <p className="text-11 text-dim">{t('import.noPatient')}</p>}
    </div>
  )
}

/** The button takes the place of the field that had the focus: Tab goes on from here. */
function focusHere(button: HTMLButtonElement | null) {
  button?.focus()
}

type Found = { readonly found: readonly Patient[] /** The words that they were found for. */; readonly isFor: string }

/** Answers to older words are dropped; until the newest comes, those to the words before stay. */
function usePatients(typed: string, onAnswer: (answer: Found) => void): Found {
  const port = usePort()
  const [answer, setAnswer] = useState<Found>({ found: [], isFor: '' })
  const tell = useEffectEvent(onAnswer)
  useEffect(() => {
    if (typed === '') return undefined
    let gone = false
    const answered = (patients: readonly Patient[]) => {
      if (gone) return
      const next = { found: exactFirst(patients, typed).slice(0, SHOWN), isFor: typed }
      setAnswer(next)
      tell(next)
    }
    const timer = setTimeout(() => {
      // Without an answer a new reference can still be entered.
      port.call('patients.search', { text: typed }).then(answered, () => answered([]))
    }, 60)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [port, typed])
  return answer
}

/** Whoever types or scans a whole reference means that patient, and nobody whose reference only begins so. */
function exactFirst(patients: readonly Patient[], typed: string): readonly Patient[] {
  const isOther = ({ reference }: Patient) => Number(reference.toLowerCase() !== typed.toLowerCase())
  return patients.toSorted((a, b) => isOther(a) - isOther(b))
}

function optionsOf({ found, isFor }: Found): readonly ChosenPatient[] {
  const isNew = isFor !== '' && found.every((patient) => patient.reference !== isFor)
  return [
    ...found.map((patient) => ({
      input: { id: patient.id },
      label: patient.givenName === '' ? patient.reference : `${listName(patient)} · ${patient.reference}`,
    })),
    ...(isNew ? [{ input: { reference: isFor }, label: isFor }] : []),
  ]
}
