import { type KeyboardEvent, useState } from 'react'
import type { PracticeDetail } from '../../../../server/contract/domain/practice-rules.ts'
import { useText } from '../../../text/text-context.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { showWhole } from './show-whole.ts'

type Word = Pick<PracticeDetail, 'label' | 'teeth' | 'mm'>
type Props = {
  /** Null for a new one. What a word asks for is chosen once: reads of it may hold the answers. */
  readonly word: PracticeDetail | null
  readonly isTaken: (label: string) => boolean
  readonly onSave: (word: Word) => void
  readonly onCancel: () => void
}

export function WordForm({ word, isTaken, onSave, onCancel }: Props) {
  const t = useText()
  const [label, setLabel] = useState(word?.label ?? '')
  const [teeth, setTeeth] = useState(false)
  const [mm, setMm] = useState(false)
  const taken = isTaken(label)
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
      className="flex flex-wrap items-start gap-4 py-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (label.trim() !== '' && !taken) onSave({ label: label.trim(), teeth, mm })
      }}
    >
      <TextField
        label={t(word === null ? 'practice.wordNew' : 'practice.word')}
        value={label}
        maxLength={60}
        autoFocus
        onChange={(event) => setLabel(event.target.value)}
        error={taken ? t('practice.wordTaken') : undefined}
        keepsNote
        className="w-72"
      />
      {word === null && (
        <fieldset className="flex items-center gap-4 pt-6 text-13">
          <legend className="sr-only">{t('practice.wordWith')}</legend>
          <span aria-hidden className="text-dim">
            {t('practice.wordWith')}
          </span>
          <Tick label={t('practice.wordTeeth')} isOn={teeth} onChange={setTeeth} />
          <Tick label={t('practice.wordMm')} isOn={mm} onChange={setMm} />
        </fieldset>
      )}
      <span className="flex gap-2 pt-5.5">
        <Button type="submit" look="primary" disabled={label.trim() === '' || taken}>
          {t('practice.save')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </span>
    </form>
  )
}

type TickProps = { readonly label: string; readonly isOn: boolean; readonly onChange: (on: boolean) => void }

function Tick({ label, isOn, onChange }: TickProps) {
  return (
    <label className="flex min-h-6 items-center gap-2">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="accent-accent"
      />
      {label}
    </label>
  )
}
