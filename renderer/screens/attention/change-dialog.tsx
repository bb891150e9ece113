import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { PatientFields } from '../../../server/contract/domain/patients.ts'
import { useText } from '../../text/text-context.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { draftOfPatient, EDITABLE_FIELDS, type PatientDraft, type PatientSet } from '../../patient/patient-draft.ts'
import { PatientForm } from '../../patient/patient-form.tsx'
import type { Attention } from './use-attention.ts'

type Props = { readonly entry: AttentionEntry; readonly attention: Attention }

/** The same form as everywhere, opened with what the author wanted: made on what stands now. */
export function ChangeDialog({ entry, attention }: Props) {
  const t = useText()
  const change = entry.patientChange
  if (change?.current == null) return null
  const { current, set, patientName } = change
  const { notice } = attention
  return (
    <Dialog
      open={attention.openForm === 'change'}
      onClose={attention.closeForm}
      title={t('patient.titleOf', { name: patientName })}
      description={t('attention.change.edit')}
    >
      <PatientForm
        start={wantedDraft(current, set)}
        now={current}
        submit={t('attention.change.save')}
        busy={attention.busy}
        failed={notice?.key === 'attention.notDone' ? notice.why : null}
        onSave={(next) => attention.change(entry, next)}
        onCancel={attention.closeForm}
      />
    </Dialog>
  )
}

/** The wanted fields as text; what is so already needs no change. */
function wantedDraft(current: PatientFields, set: PatientSet): Partial<PatientDraft> {
  const wanted = draftOfPatient(PatientFields.parse({ ...current, ...set }))
  const fields = EDITABLE_FIELDS.filter((field) => set[field] !== undefined && set[field] !== current[field])
  return Object.fromEntries(fields.map((field) => [field, wanted[field]]))
}
