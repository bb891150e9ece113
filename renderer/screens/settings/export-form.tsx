import { type FormEvent, useState } from 'react'
import type { ExportedOutbox, UnsentWork } from '../../../preload/contract/outbox-file.ts'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { NewPassphraseFields, useNewPassphrase } from '../../ui/new-passphrase.tsx'
import { MIN_EXPORT_PASSPHRASE } from '../../ui/passphrase-strength.ts'
import { saveFile } from './save-file.ts'

type Props = {
  /** A colleague's work; null for one's own. */
  readonly of: UnsentWork | null
  readonly onDone: (file: ExportedOutbox) => void
  readonly onCancel: () => void
}

/** The file leaves the computer: a passphrase of its own, and in words what it is, for whom, and what stays here. */
export function ExportForm({ of, onDone, onCancel }: Props) {
  const t = useText()
  const port = usePort()
  const chosen = useNewPassphrase(MIN_EXPORT_PASSPHRASE)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)

  async function save(event: FormEvent) {
    event.preventDefault()
    const passphrase = chosen.submit()
    if (passphrase === null || busy) return
    setBusy(true)
    setFailed(null)
    try {
      const file = await port.call('outbox.export', { passphrase, ...(of !== null && { personId: of.personId }) })
      saveFile(file.fileName, file.bytes)
      onDone(file)
    } catch (cause) {
      setFailed(AppError.from(cause).code)
      setBusy(false)
    }
  }
  const name = of === null || of.displayName === '' ? t('unsent.somebody') : of.displayName
  const title = of === null ? t('unsent.exportTitle') : t('unsent.exportTitleOf', { name })
  return (
    <form
      aria-label={title}
      onSubmit={(event) => void save(event)}
      className="flex max-w-[76ch] flex-col gap-3 rounded-[6px] border border-accent p-4"
    >
      <h3 className="text-13 font-semibold">{title}</h3>
      <p className="text-13">{of === null ? t('unsent.exportWhat') : t('unsent.exportWhatOf', { name })}</p>
      <p className="border-l-2 border-ok pl-3 text-13">{t('unsent.exportSafe')}</p>
      <div className="grid max-w-[440px] gap-2">
        <NewPassphraseFields
          passphrase={chosen}
          label={t('unsent.passphrase')}
          again={t('unsent.again')}
          tooShort={t('unsent.tooShort')}
          onEscape={onCancel}
        />
      </div>
      <p role="alert" className="min-h-5 text-13 text-off">
        {failed !== null && t(failed === 'not-found' ? 'unsent.nothing' : errorKey(failed))}
      </p>
      <div className="flex items-center justify-end gap-2">
        <span role="status" className="text-13 text-dim">
          {busy && t('unsent.exporting')}
        </span>
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={busy}>
          {t('unsent.exportSubmit')}
        </Button>
      </div>
    </form>
  )
}
