import { useEffect, useState } from 'react'
import type { PatientId } from '../../server/contract/domain/ids.ts'
import { listName, type Patient } from '../../server/contract/domain/patients.ts'
import { AppError, type ErrorCode } from '../../server/contract/errors.ts'
import { useKeysForDialog } from '../commands/commands-context.tsx'
import { usePort } from '../ports/port-context.tsx'
import { useText } from '../text/text-context.tsx'
import { errorKey } from '../text/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import type { PatientSet } from './patient-draft.ts'
import { PatientForm } from './patient-form.tsx'

type Props = {
  readonly patientId: PatientId | null
  readonly overPhotos?: boolean
  readonly onClose: () => void
}

type Load = { readonly of: PatientId; readonly patient: Patient | null; readonly error: ErrorCode | null }

/** Details of one patient, from this computer's own store: works without the server. Null closes it. */
export function PatientDialog({ patientId, overPhotos = false, onClose }: Props) {
  const t = useText()
  const port = usePort()
  const [load, setLoad] = useState<Load | null>(null)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<{ readonly of: PatientId; readonly code: ErrorCode } | null>(null)
  useEffect(() => {
    if (patientId === null) return undefined
    const id = patientId
    /** Counts questions; the answer to an earlier one is dropped. */
    let question = 0
    function ask() {
      question += 1
      const mine = question
      port.call('patients.get', { id }).then(
        (patient) => mine === question && setLoad({ of: id, patient, error: null }),
        (cause) => mine === question && setLoad({ of: id, patient: null, error: AppError.from(cause).code }),
      )
    }
    ask()
    // A colleague's change that arrives meanwhile is seen before it would be overwritten.
    const end = port.on('store.changed', ({ patients }) => patients && ask())
    return () => {
      question = -1
      end()
    }
  }, [port, patientId])

  async function save(of: PatientId, set: PatientSet) {
    setBusy(true)
    setFailed(null)
    try {
      await port.call('patients.change', { patientId: of, set })
      onClose()
    } catch (cause) {
      setFailed({ of, code: AppError.from(cause).code })
    } finally {
      setBusy(false)
    }
  }
  function close() {
    setFailed(null)
    onClose()
  }
  // It comes within a frame or two: before that there is nothing to open.
  const current = patientId !== null && load?.of === patientId ? load : null
  useKeysForDialog(patientId !== null && current === null)
  const patient = current?.patient
  return (
    <Dialog
      open={current !== null}
      onClose={close}
      overPhotos={overPhotos}
      title={patient == null ? t('patient.title') : t('patient.titleOf', { name: listName(patient) })}
      description={t('patient.title')}
    >
      {current !== null && patient != null && (
        <PatientForm
          key={current.of}
          now={patient}
          submit={t('patient.save')}
          busy={busy}
          failed={failed?.of === current.of ? failed.code : null}
          onSave={(set) => void save(current.of, set)}
          onCancel={close}
        />
      )}
      {current?.error != null && (
        <p role="alert" className="p-4 text-13">
          {t('patient.notHere')} {t(errorKey(current.error))}
        </p>
      )}
    </Dialog>
  )
}
