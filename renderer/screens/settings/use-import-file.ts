import { useState } from 'react'
import {
  type ImportedOutbox,
  MAX_OUTBOX_FILE_BYTES,
  type OutboxSummary,
} from '../../../preload/contract/outbox-file.ts'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { usePort } from '../../ports/port-context.tsx'

export type Chosen = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
export type ImportStep =
  | { readonly kind: 'choose' }
  | { readonly kind: 'summary'; readonly summary: OutboxSummary }
  | { readonly kind: 'done'; readonly summary: OutboxSummary; readonly result: ImportedOutbox }

/** File and passphrase, then what is in it, then what became of it. Nothing is sent before the second step is left. */
export function useImportFile() {
  const port = usePort()
  const [step, setStep] = useState<ImportStep>({ kind: 'choose' })
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [tooLarge, setTooLarge] = useState(false)
  const [confirmStale, setConfirmStale] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)

  async function choose(file: File | undefined) {
    if (file === undefined) return
    setFailed(null)
    setTooLarge(file.size > MAX_OUTBOX_FILE_BYTES)
    setChosen(
      file.size > MAX_OUTBOX_FILE_BYTES ? null : { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
    )
  }
  async function run(work: (file: { bytes: Uint8Array<ArrayBuffer>; passphrase: string }) => Promise<void>) {
    if (chosen === null || busy) return
    setBusy(true)
    setFailed(null)
    try {
      await work({ bytes: chosen.bytes, passphrase })
    } catch (cause) {
      setFailed(AppError.from(cause).code)
    } finally {
      setBusy(false)
    }
  }
  return {
    step,
    chosen,
    passphrase,
    tooLarge,
    confirmStale,
    busy,
    failed,
    setPassphrase,
    setConfirmStale,
    choose: (file: File | undefined) => void choose(file),
    read: () =>
      void run(async (file) => setStep({ kind: 'summary', summary: await port.call('outbox.readExport', file) })),
    send: (summary: OutboxSummary) =>
      void run(async (file) => {
        const result = await port.call('outbox.import', { ...file, confirmStale })
        setPassphrase('')
        setStep({ kind: 'done', summary, result })
      }),
    restart: () => {
      setStep({ kind: 'choose' })
      setChosen(null)
      setPassphrase('')
      setConfirmStale(false)
      setFailed(null)
    },
  }
}
export type ImportFile = ReturnType<typeof useImportFile>
