import type { RefObject } from 'react'
import { Aligners } from '../../../server/contract/domain/views.ts'
import { CommandKeys, focusScreen } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNow } from '../../ui/use-now.ts'
import { today } from './import-form.ts'
import type { ImportState } from './import-view.tsx'
import { PatientField } from './patient-field.tsx'

type Props = { readonly state: ImportState; readonly patientField: RefObject<HTMLInputElement | null> }

export function ScanForm({ state, patientField }: Props) {
  const t = useText()
  const { form, setForm, gap } = state
  return (
    // Keys of its fields come through here; it is none of them itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="flex flex-col gap-3 border-b border-line p-4"
      // Back to the photos, whose digits are theirs again.
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
        event.preventDefault()
        focusScreen()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        void state.start()
      }}
    >
      <h2 className="text-13 font-semibold">{t('import.scan')}</h2>
      <PatientField
        field={patientField}
        chosen={form.patient}
        onChoose={(patient) => setForm((before) => ({ ...before, patient }))}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('import.capturedOn')}
          type="date"
          max={today(useNow())}
          value={form.capturedOn}
          onChange={(event) => setForm((before) => ({ ...before, capturedOn: event.target.value }))}
        />
        <TextField
          label={t('import.stage')}
          inputMode="numeric"
          maxLength={3}
          hint={t('import.stageHint')}
          value={form.stage}
          onChange={(event) => setForm((before) => ({ ...before, stage: event.target.value.trim() }))}
        />
      </div>
      <div className="flex flex-col gap-1">
        <span className="text-11 font-medium text-dim">{t('import.aligners')}</span>
        <Segmented
          label={t('import.aligners')}
          value={form.aligners}
          options={Aligners.options.map((value) => ({ value, label: t(`import.aligners.${value}`) }))}
          onChange={(aligners) => setForm((before) => ({ ...before, aligners }))}
        />
      </div>
      <div className="flex items-center gap-3">
        <Button look={gap === null ? 'primary' : 'plain'} type="submit">
          {t('import.start')}
        </Button>
        <CommandKeys id="import.start" />
      </div>
      {gap !== null && <p className="text-11 text-dim">{t(gap)}</p>}
    </form>
  )
}
