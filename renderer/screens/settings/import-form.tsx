import { useId, useRef } from 'react'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ImportResult } from './import-result.tsx'
import { ImportSummary } from './import-summary.tsx'
import { type ImportFile, useImportFile } from './use-import-file.ts'

/** A colleague's export: what is in it is shown before anything is sent. */
export function ImportForm({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const file = useImportFile()
  const { step } = file
  return (
    <div
      role="group"
      aria-busy={file.busy}
      aria-label={t('unsent.importTitle')}
      className="flex max-w-[76ch] flex-col gap-3 rounded-[6px] border border-accent p-4"
    >
      {step.kind === 'choose' && <ChooseFile file={file} onClose={onClose} />}
      {step.kind === 'summary' && <ImportSummary summary={step.summary} file={file} onClose={onClose} />}
      {step.kind === 'done' && (
        <ImportResult summary={step.summary} result={step.result} onAnother={file.restart} onClose={onClose} />
      )}
    </div>
  )
}

function ChooseFile({ file, onClose }: { readonly file: ImportFile; readonly onClose: () => void }) {
  const t = useText()
  const picker = useRef<HTMLInputElement>(null)
  const nameId = useId()
  return (
    <form
      aria-label={t('unsent.read')}
      onSubmit={(event) => {
        event.preventDefault()
        file.read()
      }}
      className="flex flex-col gap-3"
    >
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('unsent.file')}
        onChange={(event) => {
          const [picked] = event.target.files ?? []
          // The same file may be chosen again.
          event.target.value = ''
          file.choose(picked)
        }}
      />
      <div className="flex items-center gap-3">
        <Button ref={focusIt} aria-describedby={nameId} onClick={() => picker.current?.click()}>
          {t('unsent.chooseFile')}
        </Button>
        <span id={nameId} role="status" className={`min-w-0 truncate text-13 ${file.tooLarge ? 'text-off' : ''}`}>
          {file.tooLarge ? t('unsent.tooLarge') : (file.chosen?.name ?? t('unsent.noFile'))}
        </span>
      </div>
      <TextField
        className="max-w-[440px]"
        label={t('unsent.passphrase')}
        type="password"
        autoComplete="off"
        value={file.passphrase}
        onChange={(event) => file.setPassphrase(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
          event.preventDefault()
          onClose()
        }}
        error={file.failed === null ? undefined : t(errorKey(file.failed))}
        keepsNote
      />
      <div className="flex items-center justify-end gap-2">
        <span role="status" className="text-13 text-dim">
          {file.busy && t('unsent.reading')}
        </span>
        <Button look="quiet" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={file.busy || file.chosen === null || file.passphrase === ''}>
          {t('unsent.read')}
        </Button>
      </div>
    </form>
  )
}

/** Whoever asked for this form goes on by keyboard from its first field. */
function focusIt(element: HTMLElement | null) {
  element?.focus()
}
